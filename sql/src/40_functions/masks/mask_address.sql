-- The province stays and nothing below it: a city next to a birth date may say who. It must be written out (北京市, 广东省):
-- 上海路 is a street and 海南州 lies elsewhere. Twelve characters at least, so that the middle four are never among those
-- shown.
CREATE FUNCTION pgcustsec_internal.mask_address(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) >= 12 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯0-9A-Za-z#()（）、－-]'
            THEN
                CASE
                    WHEN left(value, 3) COLLATE "C" IN (
                        '北京市', '天津市', '上海市', '重庆市', '河北省', '山西省', '辽宁省', '吉林省', '江苏省',
                        '浙江省', '安徽省', '福建省', '江西省', '山东省', '河南省', '湖北省', '湖南省', '广东省',
                        '海南省', '四川省', '贵州省', '云南省', '陕西省', '甘肃省', '青海省', '台湾省'
                    )
                        THEN left(value, 3) || '******'
                    WHEN value COLLATE "C" LIKE '黑龙江省%' THEN '黑龙江******'
                    WHEN value COLLATE "C" LIKE '内蒙古自治区%' THEN '内蒙古******'
                    WHEN value COLLATE "C" LIKE '广西壮族自治区%' THEN '广西******'
                    WHEN value COLLATE "C" LIKE '西藏自治区%' THEN '西藏******'
                    WHEN value COLLATE "C" LIKE '宁夏回族自治区%' THEN '宁夏******'
                    WHEN value COLLATE "C" LIKE '新疆维吾尔自治区%' THEN '新疆******'
                    WHEN value COLLATE "C" LIKE '香港特别行政区%' THEN '香港******'
                    WHEN value COLLATE "C" LIKE '澳门特别行政区%' THEN '澳门******'
                    ELSE '***'
                END
        WHEN value COLLATE "C" IN (
            '北京市******', '天津市******', '上海市******', '重庆市******', '河北省******', '山西省******',
            '辽宁省******', '吉林省******', '江苏省******', '浙江省******', '安徽省******', '福建省******',
            '江西省******', '山东省******', '河南省******', '湖北省******', '湖南省******', '广东省******',
            '海南省******', '四川省******', '贵州省******', '云南省******', '陕西省******', '甘肃省******',
            '青海省******', '台湾省******', '黑龙江******', '内蒙古******', '广西******', '西藏******',
            '宁夏******', '新疆******', '香港******', '澳门******', '***'
        )
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_address(text) IS
    'Address (地址) as 北京市******; *** where no province is recognised or for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_address(text) FROM PUBLIC;
