-- Every served row of every list shows a name: the common case costs one length and one character class.
--
-- The surname stays; more than two characters behind it count as two, so that a long name does not stand out. Compound
-- surnames (复姓) are those that can hardly be a single surname and a given name: where they can, as 乐正 or 段干, only the
-- first character is shown. Two characters are never taken for a compound surname alone.
-- Names with a dot and long names keep the first character, Latin ones the first letter before a mask of fixed length.
-- The masked form goes through the same rule and comes out as it was.
CREATE FUNCTION pgcustsec_internal.mask_name(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 2 AND 20 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯]'
            OR length(value) BETWEEN 3 AND 40 AND value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]+([·•‧・][㐀-䶿一-鿿𠀀-𳎯]+)+$'
            OR value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]{1,2}[*]{1,2}$'
            THEN
                CASE
                    WHEN length(value) = 2
                        THEN left(value, 1) || '*'
                    -- The code points of their first characters come first: numbers are at hand in every statement,
                    -- while the list of surnames is only made ready where one of them may stand.
                    WHEN ascii(value) IN (
                        19975, 19978, 19996, 20115, 20196, 20210, 20844, 21271, 21335, 21363, 21460, 21496, 21628, 22756,
                        22799, 22826, 23376, 23431, 23436, 23561, 24043, 24494, 24917, 25299, 26481, 27431, 27472, 28147,
                        28422, 28601, 28654, 29420, 29544, 30003, 30334, 30343, 31471, 31532, 32013, 32435, 32650, 32822,
                        32862, 33836, 35098, 35199, 35576, 35832, 36203, 36562, 36713, 36798, 36948, 37758, 37912, 38047,
                        38263, 38271, 38317, 38395, 38398, 38995, 39067, 39854, 40092
                    ) AND left(value, 2) COLLATE "C" IN (
                        '欧阳', '上官', '司马', '司徒', '司空', '司寇', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '公羊', '公冶',
                        '公西', '公良', '慕容', '令狐', '东方', '东郭', '东门', '西门', '南门', '南宫', '北宫', '长孙', '仲孙',
                        '叔孙', '颛孙', '宇文', '端木', '轩辕', '独孤', '钟离', '申屠', '濮阳', '闻人', '万俟', '淳于', '鲜于',
                        '太叔', '太史', '澹台', '赫连', '百里', '呼延', '拓跋', '闾丘', '亓官', '巫马', '漆雕', '壤驷', '子车',
                        '羊舌', '微生', '即墨', '达奚', '褚师', '第五', '完颜', '耶律', '纳兰', '歐陽', '司馬', '諸葛', '尉遲',
                        '公孫', '東方', '東郭', '東門', '西門', '南門', '南宮', '北宮', '長孫', '仲孫', '叔孫', '顓孫', '軒轅',
                        '獨孤', '鍾離', '鐘離', '濮陽', '聞人', '萬俟', '鮮于', '澹臺', '赫連', '閭丘', '巫馬', '壤駟', '子車',
                        '達奚', '褚師', '完顏', '納蘭'
                    )
                        THEN left(value, 2) || CASE length(value) WHEN 3 THEN '*' ELSE '**' END
                    ELSE left(value, 1) || '**'
                END
        WHEN length(value) BETWEEN 4 AND 60
            AND value COLLATE "C" ~ '^[A-Za-zÀ-ÖØ-öø-ž][A-Za-zÀ-ÖØ-öø-ž .''-]*[A-Za-zÀ-ÖØ-öø-ž.]$'
            THEN left(value, 1) || '***'
        WHEN value COLLATE "C" ~ '^[A-Za-zÀ-ÖØ-öø-ž]?[*]{3}$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_name(text) IS
    'Name (姓名) as 张*, 张**, 欧阳**, or J***; *** for any other shape (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_name(text) FROM PUBLIC;
