-- Written on its own, not by way of mask_address: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_address(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" IN (
        '北京市******', '天津市******', '上海市******', '重庆市******', '河北省******', '山西省******',
        '辽宁省******', '吉林省******', '江苏省******', '浙江省******', '安徽省******', '福建省******',
        '江西省******', '山东省******', '河南省******', '湖北省******', '湖南省******', '广东省******',
        '海南省******', '四川省******', '贵州省******', '云南省******', '陕西省******', '甘肃省******',
        '青海省******', '台湾省******', '黑龙江******', '内蒙古******', '广西******', '西藏******',
        '宁夏******', '新疆******', '香港******', '澳门******', '***'
    );
COMMENT ON FUNCTION pgcustsec_internal.is_masked_address(text) IS
    'Whether this is what mask_address gives: the only addresses a base table may hold (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_address(text) FROM PUBLIC;
