"""Names of organs of every kind and province: the level, kind and place each tells, worked out by hand.

The names are of the forms in use; whether the very organ exists does not matter. What is expected was written from the map and
from what the organs are, not from what the code returns.
"""

from __future__ import annotations

import pytest

from ogi.data_files import DATA
from ogi.divisions import divisions_named, full_path
from ogi.organs import canonical_name, describe_organ, id_of, organ_id

# name | level | kind | region
NAMES = """
北京市人民政府 | province | government | 北京市
北京市人民政府办公厅 | province | government_office | 北京市
北京市朝阳区人民政府 | county | government | 北京市朝阳区
北京市规划和自然资源委员会朝阳分局 | county | branch | 北京市朝阳区
北京市公安局公安交通管理局 | province | department | 北京市
北京经济技术开发区管理委员会 | zone | zone_committee | 北京市北京经济技术开发区
密云县人民政府 | county | government | 北京市密云县
天津市滨海新区人民政府 | county | government | 天津市滨海新区
天津市河北区财政局 | county | department | 天津市河北区
中新天津生态城管理委员会 | zone | zone_committee | 天津市中新天津生态城
国家税务总局天津市税务局 | province | vertical | 天津市
石家庄市桥西区教育局 | county | department | 河北省石家庄市桥西区
雄县人民政府 | county | government | 河北省保定市雄县
河北雄安新区管理委员会 | zone | zone_committee | 河北省雄安新区
辛集市人民政府 | county | government | 河北省石家庄市辛集市
唐山市曹妃甸区唐海镇人民政府 | township | government | 河北省唐山市曹妃甸区唐海镇
丰宁满族自治县水务局 | county | department | 河北省承德市丰宁满族自治县
山西省发展和改革委员会 | province | department | 山西省
晋城市城区人民政府 | county | government | 山西省晋城市城区
高平市行政审批服务管理局 | county | department | 山西省晋城市高平市
阳泉市矿区应急管理局 | county | department | 山西省阳泉市矿区
大同市南郊区人民政府 | county | government | 山西省大同市南郊区
内蒙古自治区人民政府办公厅 | province | government_office | 内蒙古自治区
兴安盟行政公署 | city | government | 内蒙古自治区兴安盟
兴安盟审计局 | city | department | 内蒙古自治区兴安盟
锡林郭勒盟行政公署办公室 | city | government_office | 内蒙古自治区锡林郭勒盟
科右前旗人民政府 | county | government | 内蒙古自治区兴安盟科尔沁右翼前旗
鄂温克族自治旗锡尼河西苏木人民政府 | township | government | 内蒙古自治区呼伦贝尔市鄂温克族自治旗锡尼河西苏木
乌海市工业和信息化局 | city | department | 内蒙古自治区乌海市
满洲里海关 | county | vertical | 内蒙古自治区呼伦贝尔市满洲里市
沈阳市沈北新区人民政府 | county | government | 辽宁省沈阳市沈北新区
大连金普新区管理委员会 | zone | zone_committee | 辽宁省大连市金普新区
朝阳市朝阳县人民政府 | county | government | 辽宁省朝阳市朝阳县
朝阳市财政局 | city | department | 辽宁省朝阳市
辽宁海事局 | province | vertical | 辽宁省
吉林省政务服务和数字化建设管理局 | province | department | 吉林省
吉林市人民政府 | city | government | 吉林省吉林市
吉林证监局 | province | vertical | 吉林省
延边朝鲜族自治州人民政府 | city | government | 吉林省延边朝鲜族自治州
延边州住建局 | city | department | 吉林省延边朝鲜族自治州
前郭县人民政府 | county | government | 吉林省松原市前郭尔罗斯蒙古族自治县
公主岭市公安局 | county | department | 吉林省长春市公主岭市
黑龙江省民政厅 | province | department | 黑龙江省
大兴安岭地区行政公署 | city | government | 黑龙江省大兴安岭地区
加格达奇区人民政府 | county | government | 黑龙江省大兴安岭地区加格达奇区
漠河市北极镇人民政府 | township | government | 黑龙江省大兴安岭地区漠河市北极镇
哈尔滨市平房区兴建街道办事处 | township | subdistrict | 黑龙江省哈尔滨市平房区兴建街道
国家统计局黑龙江调查总队 | province | vertical | 黑龙江省
上海市浦东新区人民政府 | county | government | 上海市浦东新区
上海市黄浦区外滩街道办事处 | township | subdistrict | 上海市黄浦区外滩街道
上海市公安局浦东分局 | county | branch | 上海市浦东新区
上海市闸北区人民政府 | county | government | 上海市闸北区
上海海关 | province | vertical | 上海市
上海出入境边防检查总站 | province | vertical | 上海市
中国（上海）自由贸易试验区管理委员会 | zone | zone_committee | 上海市中国(上海)自由贸易试验区
江苏省人民政府 | province | government | 江苏省
淮安市人民政府 | city | government | 江苏省淮安市
淮安市清江浦区水渡口街道办 | township | subdistrict | 江苏省淮安市清江浦区水渡口街道
淮安市自然资源和规划局清江浦分局 | county | branch | 江苏省淮安市清江浦区
淮安经济技术开发区管委会 | zone | zone_committee | 江苏省淮安市淮安经济技术开发区
国家税务总局淮安市税务局第一税务分局 | city | vertical | 江苏省淮安市
苏州工业园区管理委员会 | zone | zone_committee | 江苏省苏州市苏州工业园区
国家统计局昆山调查队 | county | vertical | 江苏省苏州市昆山市
昆山经济技术开发区管理委员会 | zone | zone_committee | 江苏省苏州市昆山市昆山经济技术开发区
南京市鼓楼区人民政府 | county | government | 江苏省南京市鼓楼区
南京市公安局鼓楼分局 | county | branch | 江苏省南京市鼓楼区
南京市江北新区管理委员会 | zone | zone_committee | 江苏省南京市江北新区
国家金融监督管理总局淮安监管分局 | city | vertical | 江苏省淮安市
铜山县人民政府 | county | government | 江苏省徐州市铜山县
浙江省台州市黄岩区农业农村局 | county | department | 浙江省台州市黄岩区
桐乡市人民政府 | county | government | 浙江省嘉兴市桐乡市
龙港市政务服务中心 | county | department | 浙江省温州市龙港市
瓯海区审计局 | county | department | 浙江省温州市瓯海区
杭州市公安局滨江区分局 | county | branch | 浙江省杭州市滨江区
滨江区公安分局 | county | branch | 浙江省杭州市滨江区
杭州西湖风景名胜区管理委员会 | zone | zone_committee | 浙江省杭州市杭州西湖风景名胜区
景宁畲族自治县人民政府 | county | government | 浙江省丽水市景宁畲族自治县
景宁县渤海镇人民政府 | township | government | 浙江省丽水市景宁畲族自治县渤海镇
宁波市江东区人民政府 | county | government | 浙江省宁波市江东区
萧山区卫健局 | county | department | 浙江省杭州市萧山区
安徽省淮北市濉溪县财政局 | county | department | 安徽省淮北市濉溪县
石台县大演乡人民政府 | township | government | 安徽省池州市石台县大演乡
巢湖市城市管理局 | county | department | 安徽省合肥市巢湖市
黄山市黄山区汤口镇人民政府 | township | government | 安徽省黄山市黄山区汤口镇
黄山风景区管理委员会 | zone | zone_committee | 安徽省黄山市黄山风景区
固镇县人民政府办公室 | county | government_office | 安徽省蚌埠市固镇县
福建省泉州市公安局丰泽分局 | county | branch | 福建省泉州市丰泽区
平潭综合实验区管理委员会 | zone | zone_committee | 福建省福州市平潭综合实验区
厦门海关 | city | vertical | 福建省厦门市
沙县人民政府 | county | government | 福建省三明市沙县
三明市沙县区人民政府 | county | government | 福建省三明市沙县区
晋江市教育局 | county | department | 福建省泉州市晋江市
赣州市章贡区人民政府办公室 | county | government_office | 江西省赣州市章贡区
庐山市农业农村局 | county | department | 江西省九江市庐山市
江西省赣江新区管理委员会 | zone | zone_committee | 江西省赣江新区
共青城市财政局 | county | department | 江西省九江市共青城市
张店区综合行政执法局 | county | department | 山东省淄博市张店区
微山县两城镇人民政府 | township | government | 山东省济宁市微山县两城镇
威海市文登区信访局 | county | department | 山东省威海市文登区
平度市公安局 | county | department | 山东省青岛市平度市
莱芜市莱城区人民政府 | county | government | 山东省莱芜市莱城区
济南市莱芜区凤城街道办事处 | township | subdistrict | 山东省济南市莱芜区凤城街道
青岛海事局 | city | vertical | 山东省青岛市
济南市市中区人民政府 | county | government | 山东省济南市市中区
济源市人民政府 | county | government | 河南省济源市
长垣县人民政府 | county | government | 河南省新乡市长垣县
郑州航空港经济综合实验区管理委员会 | zone | zone_committee | 河南省郑州市郑州航空港经济综合实验区
新野县人民政府办公室 | county | government_office | 河南省南阳市新野县
洛阳市瀍河回族区司法局 | county | department | 河南省洛阳市瀍河回族区
三门峡市陕州区观音堂镇人民政府 | township | government | 河南省三门峡市陕州区观音堂镇
天门市拖市镇人民政府 | township | government | 湖北省天门市拖市镇
潜江市周矶街道办事处 | township | subdistrict | 湖北省潜江市周矶街道
恩施州人民政府 | city | government | 湖北省恩施土家族苗族自治州
恩施市人民政府 | county | government | 湖北省恩施土家族苗族自治州恩施市
神农架林区人民政府 | county | government | 湖北省神农架林区
襄樊市人民政府 | city | government | 湖北省襄樊市
咸宁市政务服务和大数据管理局 | city | department | 湖北省咸宁市
武汉东湖新技术开发区管理委员会 | zone | zone_committee | 湖北省武汉市武汉东湖新技术开发区
津市市财政局 | county | department | 湖南省常德市津市市
岳阳市南湖新区管理委员会 | zone | zone_committee | 湖南省岳阳市南湖新区
岳阳市南湖新区教育局 | zone | department | 湖南省岳阳市南湖新区
湖南湘江新区管理委员会 | zone | zone_committee | 湖南省长沙市湘江新区
湘西州人民政府 | city | government | 湖南省湘西土家族苗族自治州
城步苗族自治县人民政府 | county | government | 湖南省邵阳市城步苗族自治县
宁乡县人民政府 | county | government | 湖南省长沙市宁乡县
东莞市东城街道办事处 | township | subdistrict | 广东省东莞市东城街道
东莞市统计局 | city | department | 广东省东莞市
中山市西区街道办事处 | township | subdistrict | 广东省中山市西区街道
广州市海珠区官洲街道办事处 | township | subdistrict | 广东省广州市海珠区官洲街道
广州市国资委 | city | department | 广东省广州市
广州市公安局地铁分局 | unknown | branch | 广东省广州市
龙岗区人民政府 | county | government | 广东省深圳市龙岗区
番禺区政府办 | county | government_office | 广东省广州市番禺区
徐闻县司法局 | county | department | 广东省湛江市徐闻县
江门市开平市农业农村局 | county | department | 广东省江门市开平市
拱北海关 | city | vertical | 广东省珠海市
横琴粤澳深度合作区执行委员会 | zone | department | 广东省珠海市横琴粤澳深度合作区
中国证券监督管理委员会深圳监管局 | city | vertical | 广东省深圳市
广西壮族自治区财政厅 | province | department | 广西壮族自治区
广西南宁市青秀区人民政府 | county | government | 广西壮族自治区南宁市青秀区
隆林各族自治县人民政府 | county | government | 广西壮族自治区百色市隆林各族自治县
防城港市防城区那良镇人民政府 | township | government | 广西壮族自治区防城港市防城区那良镇
海南省儋州市人民政府 | city | government | 海南省儋州市
三沙市人民政府 | city | government | 海南省三沙市
洋浦经济开发区管理委员会 | zone | zone_committee | 海南省儋州市洋浦经济开发区
东方市人民政府 | county | government | 海南省东方市
白沙黎族自治县打安镇人民政府 | township | government | 海南省白沙黎族自治县打安镇
重庆市大足区人民政府 | county | government | 重庆市大足区
重庆两江新区管理委员会 | zone | zone_committee | 重庆市两江新区
酉阳县财政局 | county | department | 重庆市酉阳土家族苗族自治县
重庆市綦江区古南街道办事处 | township | subdistrict | 重庆市綦江区古南街道
达州市达川区人民政府 | county | government | 四川省达州市达川区
大竹县川主乡人民政府 | township | government | 四川省达州市大竹县川主乡
攀枝花市人民政府办公室 | city | government_office | 四川省攀枝花市
攀枝花市东区人民政府 | county | government | 四川省攀枝花市东区
凉山州发改委 | city | department | 四川省凉山彝族自治州
峨边县人民政府 | county | government | 四川省乐山市峨边彝族自治县
简阳市人民政府 | county | government | 四川省成都市简阳市
贵州贵安新区管理委员会 | zone | zone_committee | 贵州省贵安新区
毕节市财政局 | city | department | 贵州省毕节市
六枝特区人民政府 | county | government | 贵州省六盘水市六枝特区
开阳县冯三镇人民政府 | township | government | 贵州省贵阳市开阳县冯三镇
黔东南州人民政府 | city | government | 贵州省黔东南苗族侗族自治州
威宁彝族回族苗族自治县草海街道办事处 | township | subdistrict | 贵州省毕节市威宁彝族回族苗族自治县草海街道
铜仁地区石阡县人民政府 | county | government | 贵州省铜仁市石阡县
大理白族自治州人民政府 | city | government | 云南省大理白族自治州
大理市人民政府 | county | government | 云南省大理白族自治州大理市
芒市人民政府 | county | government | 云南省德宏傣族景颇族自治州芒市
香格里拉市人民政府 | county | government | 云南省迪庆藏族自治州香格里拉市
昆明滇池国家旅游度假区管理委员会 | zone | zone_committee | 云南省昆明市昆明滇池国家旅游度假区
西藏自治区人民政府办公厅 | province | government_office | 西藏自治区
那曲地区行政公署 | city | government | 西藏自治区那曲地区
拉萨市堆龙德庆区人民政府 | county | government | 西藏自治区拉萨市堆龙德庆区
阿里地区噶尔县人民政府 | county | government | 西藏自治区阿里地区噶尔县
乾县财政局 | county | department | 陕西省咸阳市乾县
佳县螅镇人民政府 | township | government | 陕西省榆林市佳县螅镇
杨凌示范区管委会 | zone | zone_committee | 陕西省咸阳市杨凌示范区
西咸新区管理委员会 | zone | zone_committee | 陕西省西咸新区
户县人民政府 | county | government | 陕西省西安市户县
嘉峪关市人民政府 | city | government | 甘肃省嘉峪关市
兰州新区管理委员会 | zone | zone_committee | 甘肃省兰州市兰州新区
兰州市城关区人民政府 | county | government | 甘肃省兰州市城关区
积石山县财政局 | county | department | 甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县
武威市凉州区双城镇人民政府 | township | government | 甘肃省武威市凉州区双城镇
海南州人民政府 | city | government | 青海省海南藏族自治州
玉树市人民政府 | county | government | 青海省玉树藏族自治州玉树市
大柴旦行政委员会 | zone | government | 青海省海西蒙古族藏族自治州大柴旦
西宁市湟中区拦隆口镇人民政府 | township | government | 青海省西宁市湟中区拦隆口镇
宁夏回族自治区卫生健康委员会 | province | department | 宁夏回族自治区
宁夏银川市兴庆区人民政府 | county | government | 宁夏回族自治区银川市兴庆区
青铜峡市人民政府 | county | government | 宁夏回族自治区吴忠市青铜峡市
新疆维吾尔自治区人民政府 | province | government | 新疆维吾尔自治区
伊犁州人民政府 | city | government | 新疆维吾尔自治区伊犁哈萨克自治州
巴州财政局 | city | department | 新疆维吾尔自治区巴音郭楞蒙古自治州
喀什地区行政公署 | city | government | 新疆维吾尔自治区喀什地区
石河子市人民政府 | county | government | 新疆维吾尔自治区石河子市
第八师石河子市财政局 | city | department | 新疆维吾尔自治区石河子市
新疆生产建设兵团发展和改革委员会 | province | department | 新疆生产建设兵团
新疆生产建设兵团第一师阿拉尔市人民政府 | city | government | 新疆维吾尔自治区阿拉尔市
第八师一四三团 | township | government | 新疆维吾尔自治区石河子市一四三团
乌鲁木齐市新市区人民政府 | county | government | 新疆维吾尔自治区乌鲁木齐市新市区
国务院办公厅 | national | department | -
中华人民共和国海关总署 | national | department | -
国家税务总局 | national | department | -
财政部江苏监管局 | province | vertical | 江苏省
长江海事局 | unknown | vertical | -
淮安市气象局 | city | vertical | 江苏省淮安市
淮安市烟草专卖局 | city | vertical | 江苏省淮安市
淮安市邮政管理局 | city | vertical | 江苏省淮安市
江苏省通信管理局 | province | vertical | 江苏省
淮安市消防救援支队 | city | vertical | 江苏省淮安市
淮安市市场监督管理局 | city | department | 江苏省淮安市
浙江省药品监督管理局 | province | department | 浙江省
上海市地方金融监督管理局 | province | department | 上海市
淮安市住房公积金管理中心 | city | department | 江苏省淮安市
淮安市城市管理综合行政执法支队 | city | department | 江苏省淮安市
淮安市社区矫正管理局 | city | department | 江苏省淮安市
南京市城乡建设委员会 | city | department | 江苏省南京市
淮安市数据局 | city | department | 江苏省淮安市
淮安市退役军人事务局 | city | department | 江苏省淮安市
淮安市档案馆 | city | department | 江苏省淮安市
淮安市残联 | city | authorized_org | 江苏省淮安市
淮安市红十字会 | city | authorized_org | 江苏省淮安市
淮安市供销合作总社 | city | authorized_org | 江苏省淮安市
淮安市第一人民医院 | city | public_institution | 江苏省淮安市
淄博市第一中学 | city | public_institution | 山东省淄博市
淮安市自来水有限公司 | city | public_institution | 江苏省淮安市
淮阴师范学院 | unknown | public_institution | -
广西财政厅 | province | department | 广西壮族自治区
吉林海关 | city | vertical | 吉林省吉林市
国家统计局吉林调查队 | city | vertical | 吉林省吉林市
西安市公安局碑林分局 | county | branch | 陕西省西安市碑林区
八师石河子市财政局 | city | department | 新疆维吾尔自治区石河子市
大竹县川主乡财政所 | township | department | 四川省达州市大竹县川主乡
杭州市西湖区灵隐街道社区卫生服务中心 | township | public_institution | 浙江省杭州市西湖区灵隐街道
淮安市城区河道管理处 | city | department | 江苏省淮安市
清江浦区城镇排水中心 | county | department | 江苏省淮安市清江浦区
中共淮安市委办公室 | city | department | 江苏省淮安市
山南新区管理委员会 | zone | zone_committee | 山南新区
河西经济开发区管理委员会 | zone | zone_committee | 河西经济开发区
第三师范学校 | unknown | public_institution | -
综合行政执法局 | unknown | department | -
某某市人民政府 | unknown | government | 某某市
广东省某区发展和改革局 | county | department | 广东省某区
宿迁市沐阳县财政局 | county | department | 江苏省宿迁市沐阳县
示例市人民政府 | city | government | 示例市
示例市云水镇人民政府 | township | government | 示例市云水镇
示例市东湖区湖滨街道办事处 | township | subdistrict | 示例市东湖区湖滨街道
"""
PROVINCES = [
    line.split("\t")[1]
    for line in (DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines()
    if line[:6].isdigit() and line[2:6] == "0000"
]
TABLE = [tuple(part.strip() for part in line.split("|")) for line in NAMES.strip().splitlines()]


@pytest.mark.parametrize(("name", "level", "kind", "region"), TABLE, ids=[row[0] for row in TABLE])
def test_name_tells_level_kind_and_region(name: str, level: str, kind: str, region: str) -> None:
    organ = describe_organ(name)
    assert (organ.level, organ.kind, organ.region or "-") == (level, kind, region)
    assert organ.candidates == ()


def test_every_province_is_in_the_table() -> None:
    shown = "".join(region for _, _, _, region in TABLE)
    missing = [one for one in PROVINCES if one not in shown]
    assert missing == ["台湾省", "香港特别行政区", "澳门特别行政区"]
    assert len(TABLE) >= 150


def test_every_division_is_found_by_its_full_name_and_the_canonical_name_stays_itself() -> None:
    """A property of the whole gazetteer: what is written in full is read as what it is, under every ending of a department."""
    rows = [line.split("\t") for line in (DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    lost, unstable = [], []
    for row in rows:
        if len(row) > 3 and row[3]:
            continue  # of former years: another place may have the name today
        for one in divisions_named(row[1]):
            name = full_path(one) + "城乡规划和区域合作局"
            organ = describe_organ(name)
            if one.code == row[0] and organ.region_code != one.code:
                lost.append((name, organ.region))
            if organ.full_name and canonical_name(organ.full_name) != organ.full_name:
                unstable.append(name)
    assert (lost, unstable) == ([], [])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("淮安市清江浦区人民政府", "320812"),
        ("淮安经济技术开发区管理委员会", "320800"),  # a zone has no code of its own
        ("微山县两城镇人民政府", "370826"),  # nor has a town
        ("上海市人民政府", "310000"),
        ("酉阳县财政局", "500242"),
        ("石河子市人民政府", "659001"),
        ("南京市公安局鼓楼分局", "320106"),
        ("宁波市江东区人民政府", "330204"),
        ("宿迁市沐阳县财政局", None),  # no such county
        ("鼓楼区人民政府", None),
        ("海关总署", None),
    ],
)
def test_region_code_is_that_of_the_smallest_division(name: str, code: str | None) -> None:
    assert describe_organ(name).region_code == code


@pytest.mark.parametrize(
    ("name", "first", "many"),
    [
        ("鼓楼区人民政府", "江苏省南京市鼓楼区人民政府", 4),
        ("朝阳区统计局", "北京市朝阳区统计局", 2),
        ("城关区人民政府", "西藏自治区拉萨市城关区人民政府", 2),
        ("西湖区灵隐街道办事处", "浙江省杭州市西湖区灵隐街道办事处", 2),
        ("国家税务总局白云区税务局", "国家税务总局广东省广州市白云区税务局", 2),
        ("江苏省鼓楼区人民政府", "江苏省南京市鼓楼区人民政府", 2),
        ("市中区财政局", "山东省济南市市中区财政局", 6),
        ("新市区人民政府", "河北省保定市新市区人民政府", 2),
    ],
)
def test_place_that_is_not_unique_lists_the_organs_it_may_be(name: str, first: str, many: int) -> None:
    organ = describe_organ(name)
    assert (organ.candidates[0], len(organ.candidates), organ.region_code) == (first, many, None)
    assert describe_organ(organ.candidates[0]).candidates == ()


def test_year_tells_places_apart_that_existed_one_after_the_other() -> None:
    assert describe_organ("新市区人民政府", year=2020).region == "新疆维吾尔自治区乌鲁木齐市新市区"
    assert len(describe_organ("新市区人民政府", year=2012).candidates) == 2
    assert describe_organ("毕节市财政局", year=2008).region == "贵州省毕节地区毕节市"
    assert describe_organ("毕节市财政局", year=2015).region == "贵州省毕节市"


def test_chosen_division_settles_the_place() -> None:
    organ = describe_organ("鼓楼区人民政府", within="350102")
    assert (organ.name, organ.region, organ.candidates) == ("鼓楼区人民政府", "福建省福州市鼓楼区", ())
    assert id_of(organ) == organ_id("福州市鼓楼区人民政府")


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("杭州市公安局滨江区分局", "杭州市公安局"),
        ("南京市公安局鼓楼分局", "南京市公安局"),
        ("滨江区公安分局", "杭州市公安局"),
        ("淮安市清江浦区生态环境分局", "淮安市生态环境局"),
        ("国家税务总局淮安市税务局", "国家税务总局"),
        ("淮安市气象局", "中国气象局"),
        ("南京海关", "海关总署"),
        ("国家统计局昆山调查队", "国家统计局"),
        ("淮安市财政局", None),
        ("鼓楼区公安分局", None),  # of which city is not known
    ],
)
def test_branches_and_vertical_organs_say_where_they_belong(name: str, parent: str | None) -> None:
    assert describe_organ(name).parent == parent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张店区综合行政执法局", "山东省淄博市张店区综合行政执法局"),
        ("张店区综合行政执法局", "淄博市张店区综合行政执法局"),
        ("淮安市政府办", "江苏省淮安市人民政府办公室"),
        ("吉林省政府办公厅", "吉林省人民政府办公厅"),
        ("恩施州人民政府", "恩施土家族苗族自治州人民政府"),
        ("南京市鼓楼区湖南路街道", "江苏省南京市鼓楼区湖南路街道办事处"),
        ("淮安市发改委", "淮安市发展和改革委员会"),
        ("襄樊市人民政府", "襄阳市人民政府"),
        ("襄樊市樊城区财政局", "襄阳市樊城区财政局"),
        ("淮安市楚州区人民政府", "淮安市淮安区人民政府"),
        ("資陽市簡陽市人民政府", "四川省成都市简阳市人民政府"),
        ("淮安经济技术开发区管委会", "江苏省淮安市经济技术开发区管理委员会"),
        ("第八师石河子市财政局", "石河子市财政局"),
        ("浦东新区人民政府", "上海市浦东新区人民政府"),
        ("青岛市市南区人民政府香港中路街道办事处", "市南区香港中路街道办事处"),
    ],
)
def test_spellings_of_one_organ_share_its_id(one: str, other: str) -> None:
    assert organ_id(one) == organ_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鼓楼区人民政府", "南京市鼓楼区人民政府"),
        ("朝阳市财政局", "朝阳区财政局"),
        ("吉林市人民政府", "吉林省人民政府"),
        ("淮安市人民政府办公室", "淮安市人民政府"),
        ("万盛区人民政府", "綦江区人民政府"),
        ("海南省人民政府", "海南州人民政府"),
    ],
)
def test_other_organs_have_other_ids(one: str, other: str) -> None:
    assert organ_id(one) != organ_id(other)
