-- Written on its own, not by way of mask_name: a CHECK is the second lock on the same door. The surnames are the same.
CREATE FUNCTION pgcustsec_internal.is_masked_name(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ '^([㐀-䶿一-鿿𠀀-𳎯][*]{1,2}|[A-Za-zÀ-ÖØ-öø-ž]?[*]{3})$'
    OR value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]{2}[*]{1,2}$'
        AND left(value, 2) COLLATE "C" IN (
            '欧阳', '上官', '司马', '司徒', '司空', '司寇', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '公羊', '公冶',
            '公西', '公良', '慕容', '令狐', '东方', '东郭', '东门', '西门', '南门', '南宫', '北宫', '长孙', '仲孙',
            '叔孙', '颛孙', '宇文', '端木', '轩辕', '独孤', '钟离', '申屠', '濮阳', '闻人', '万俟', '淳于', '鲜于',
            '太叔', '太史', '澹台', '赫连', '百里', '呼延', '拓跋', '闾丘', '亓官', '巫马', '漆雕', '壤驷', '子车',
            '羊舌', '微生', '即墨', '达奚', '褚师', '第五', '完颜', '耶律', '纳兰', '歐陽', '司馬', '諸葛', '尉遲',
            '公孫', '東方', '東郭', '東門', '西門', '南門', '南宮', '北宮', '長孫', '仲孫', '叔孫', '顓孫', '軒轅',
            '獨孤', '鍾離', '鐘離', '濮陽', '聞人', '萬俟', '鮮于', '澹臺', '赫連', '閭丘', '巫馬', '壤駟', '子車',
            '達奚', '褚師', '完顏', '納蘭'
        );
COMMENT ON FUNCTION pgcustsec_internal.is_masked_name(text) IS
    'Whether this is what mask_name gives: the only names a base table may hold (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_name(text) FROM PUBLIC;
