"""How a person's whole name begins, in either script."""

# The hundred surnames that cover 85 % of people (2020 census), and the rest of the usual lists; both scripts.
SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖萧蕭田董潘袁蔡蒋蔣余"
    "于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱江尹薛闫阎閻段雷侯龙龍黎史陶"
    "贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔常汤湯康易乔喬赖賴文温溫樊兰蘭殷施洪颜顏倪安庄莊柳章鲁魯岳齐齊牛耿葛俞翟申骆駱"
    "梅聂聶焦左辛管季祝柴鲍鮑霍费費凌柯卓阮苗裴包祁纪紀舒宁寧连連童项項单單成池褚娄婁古应應习習"
)
COMPOUND = "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|尉遲|慕容|令狐|司徒|夏侯"
NAME = rf"(?:{COMPOUND}|[{SURNAMES}])"
HAN = "[\u3400-\u9fff]"
