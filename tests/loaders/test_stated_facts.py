"""Facts read from prose: what is stated is found, what only looks like it is not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.paragraphs import Paragraph, Place
from loaders.read import read_report
from loaders.stated_facts import stated_facts
from loaders.stated_facts.words import Figure, StatedWords, patterns
from ogi.data_files import read_data
from ogi.report import Source, StatedFact

SECTIONS = {"一": "s1", "三": "s3", "四": "s4", "五": "s5", "六": "s6"}


STATED = [
    # applications: who counts what, in which counting word
    ("全年共收到政府信息公开申请22件，均已按期答复。", "requests 22"),
    ("2023年，我局受理依申请公开102宗，全部在法定期限内办理。", "requests 102"),
    ("2023年收到102宗政府信息公开申请，未被提起行政诉讼，4宗行政复议。", "requests 102; litigation 0; reconsideration 4"),
    ("本年度共办理政府信息公开申请三件。", "requests 3"),
    ("全年接收政府信息公开申请十二件，答复十二件。", "requests 12; answered 12"),
    ("我镇本年度收到信息公开申请两件，均为自然人提出。", "requests 2"),
    ("我市各级行政机关共收到政府信息公开申请一百零五件。", "requests 105"),
    ("2023年度街道收到政府信息公开申请一件，已办理完毕。", "requests 1"),
    ("全市共受理政府信息公开申请１２件。", "requests 12"),
    ("全省各级行政机关共收到政府信息公开申请1.2万件，答复11,863件。", "requests 12000; answered 11863"),
    ("全区受理政府信息公开申请 1 204 件。", "requests 1204"),
    ("全年收到政府信息公开申请约30件。", "requests ~30"),
    ("今年以来共收到申请公开政府信息的来件30余件。", "requests ~30"),
    ("（二）依申请公开。全年接到申请30余件，答复30余件。", "requests ~30; answered ~30"),
    ("（二）依申请公开情况。2023年我局收到申请书55份，主要涉及征地信息、规划信息。", "requests 55"),
    ("（二）依申请公开情况。共收办申请8起，比2022年（12起）下降33.3%。", "requests 8; growth_stated -33.3 of requests"),
    ("本年度，依申请公开共12例。", "requests 12"),
    ("全年政府信息公开申请数量为5件，其中网上申请4件，书面申请1件。", "requests 5"),
    ("全年共办理依申请公开事项23件，其中网络申请22件、信函申请1件，均已按时答复。", "requests 23"),
    ("通过集约化网站收到政府信息公开申请2条，2条信息申请人均为自然人。", "requests 2; natural_person 2"),
    ("（二）依申请公开。我单位收到2件群众提交的申请，均按时答复。", "requests 2"),
    ("本年度新收政府信息公开申请8件，上年结转1件，办结9件。", "requests_new 8; carried_in 1; answered 9"),
    ("全年办理政府信息公开申请153件，其中本年新收149件，上年结转4件。", "requests 153; requests_new 149; carried_in 4"),
    ("2023年新受理申请公开政府信息16件，2022年结转1件，结转2024年办理1件。", "requests_new 16; carried_in 1; carried_over 1"),
    (
        "共受理政府信息公开申请16件，上年结转办理1件，共办结申请16件，结转至2024年办理1件。",
        "requests 16; carried_in 1; answered 16; carried_over 1",
    ),
    (
        "共收到12件信息公开申请，其中10件已按时按规完成答复，剩余2件结转下年度继续办理。",
        "requests 12; answered 10; carried_over 2",
    ),
    (
        "受理政府信息公开申请312件，答复305件（含上年度结转申请3件，另有10件顺延到下年度答复）。",
        "requests 312; answered 305; carried_in 3; carried_over 10",
    ),
    ("全年收到并答复政府信息公开申请5件。", "requests 5; answered 5"),
    ("（二）依申请公开。受理并办结申请7件，3件转入下一年度办理。", "requests 7; answered 7; carried_over 3"),
    ("共收到政府信息公开申请0件，办结0件。", "requests 0; no_requests; answered 0"),
    # results
    ("办理结果中，予以公开9件、部分公开2件、不予公开1件、无法提供3件、不予处理0件、其他处理1件，均为依申请公开。", ""),
    (
        "政府信息公开申请办结16件，其中予以公开9件、部分公开2件、不予公开1件、无法提供3件、不予处理0件、其他处理1件。",
        "answered 16; granted 9; partially_granted 2; denied 1; unable 3; not_processed 0; other 1",
    ),
    (
        "（二）依申请公开。办结申请8件：5件予以公开，2件部分公开，1件不予公开。",
        "answered 8; granted 5; partially_granted 2; denied 1",
    ),
    (
        "（二）依申请公开。予以公开及部分公开258件，占33.9%；因本机关不掌握等原因无法提供265件，占32.9%。",
        "granted 258; percent_stated 33.9 of granted; unable 265; percent_stated 32.9 of unable",
    ),
    (
        "完成依申请公开答复1453件，包括上年结转申请30件。其中，予以公开答复966件，占66.48%；不予公开81件；无法提供的182件。",
        "answered 1453; carried_in 30; granted 966; percent_stated 66.48 of granted; denied 81; unable 182",
    ),
    ("（二）依申请公开。属于国家秘密不予公开2件，涉及第三方合法权益不予公开1件。", ""),
    ("（二）依申请公开。答复22起，不属于政府信息4起，告知其他途径3起，信息不存在9起，属于行政执法案卷5起。", "answered 22"),
    ("（二）依申请公开。信访举报投诉类申请3件，重复申请1件。", ""),
    # applicants
    (
        "全年新收政府信息公开申请98件，其中自然人申请89件，占90.8%；法人或其他组织申请9件。",
        "requests_new 98; natural_person 89; percent_stated 90.8 of natural_person; organisations 9",
    ),
    (
        "收到政府信息公开申请4件，2件为网络申请，2件为信件申请；申请人为自然人的2件，法人或者其他组织的2件。",
        "requests 4; natural_person 2; organisations 2",
    ),
    ("（二）依申请公开。收到公民、法人和其他组织提出的政府信息公开申请12件。", "requests 12"),
    ("（二）依申请公开。从申请人看，公民申请6件，企业申请2件。", "natural_person 6"),
    ("（二）依申请公开。涉及个人隐私的3件。", ""),
    # disputes
    ("因政府信息公开引发行政复议2件、行政诉讼0件。", "reconsideration 2; litigation 0"),
    ("因政府信息公开被申请行政复议5起，被提起行政诉讼1起。", "reconsideration 5; litigation 1"),
    (
        "信息公开类行政复议7件，诉讼9件，均获维持。",
        "reconsideration 7; litigation 9; reconsideration_upheld 7; litigation_upheld 9",
    ),
    ("信息公开类行政诉讼9件，其中审结8件，均获维持。", "litigation 9"),
    ("信息公开行政复议、行政诉讼结果维持3件。", ""),
    ("因政府信息公开被提起行政诉讼4件，2件维持，尚未审结2件。", "litigation 4; litigation_upheld 2; litigation_pending 2"),
    (
        "政府信息公开行政诉讼46件，其中未经复议直接起诉结果维持13件，复议后起诉结果维持12件。",
        "litigation 46; litigation_upheld 13; litigation_upheld 12",
    ),
    ("政府信息公开行政复议5件，同比去年维持3件。", "reconsideration 5"),
    (
        "政府信息公开行政复议351件，其中结果维持72件，结果纠正64件，其他结果178件，尚未审结37件。",
        "reconsideration 351; reconsideration_upheld 72; reconsideration_corrected 64; reconsideration_other_result 178;"
        " reconsideration_pending 37",
    ),
    ("（二）依申请公开。其中，发生1起有关政府信息公开的行政复议案件，尚未审结。", "reconsideration 1"),
    ("涉及政府信息公开的行政诉讼案件3件，其中未经复议直接起诉2件，复议后起诉1件。", "litigation 3"),
    ("政府信息公开行政复议、行政诉讼均为0件。", "no_disputes"),
    ("政府信息公开行政复议0件，行政诉讼0件。", "reconsideration 0; litigation 0; no_disputes"),
    ("因政府信息公开引起的行政复议、行政诉讼共3件。", ""),
    ("全年办理行政复议案件120件，行政诉讼案件35件。", ""),
    ("作为复议机关审理信息公开行政复议案件86件。", ""),
    # nothing
    ("2023年我局未收到政府信息公开申请。", "no_requests"),
    ("2023年度我镇未收到任何形式的依申请公开政府信息。", "no_requests"),
    ("全年没有收到公民、法人和其他组织提出的政府信息公开申请。", "no_requests"),
    ("全年未接到群众主动要求公开政府信息的申请。", "no_requests"),
    ("本年度未收到个人、法人或者其他组织向本机关申请公开政府信息。", "no_requests"),
    ("2023年无依申请公开事项。", "no_requests"),
    ("本年度无政府信息公开申请，也无上年结转申请。", "no_requests"),
    ("全年未收到依申请公开来信，无意见投诉情况。", "no_requests"),
    ("2023年，我乡未收到依申请公开事项，未发生行政复议、行政诉讼情况。", "no_requests; no_disputes"),
    ("全年未收到政府信息公开申请，结转上年政府信息公开申请数量为0。", "no_requests; carried_in 0"),
    ("未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。", "no_disputes"),
    ("我局政府信息公开无被申请行政复议或被提起行政诉讼情况。", "no_disputes"),
    ("因政府信息公开未产生行政复议与行政诉讼。", "no_disputes"),
    ("未发生针对本单位有关政府信息公开事务的行政复议案、行政诉讼案和有关的申诉案。", "no_disputes"),
    ("未因政府信息公开被申请行政复议，也未被提起行政诉讼。", "no_disputes"),
    ("没有因政府信息公开发生的投诉、行政复议和诉讼。", "no_disputes"),
    ("未发生因政府信息公开引起的行政复议，发生行政诉讼1件。", "reconsideration 0; litigation 1"),
    ("全年没有出现因信息公开被举报、行政复议及行政诉讼纠错的情况。", ""),
    ("未发生政府信息公开行政诉讼败诉的情况。", ""),
    ("本年未产生与信息公开诉讼、行政复议有关的费用支出。", ""),
    ("没有逾期未答复的政府信息公开申请。", ""),
    ("未收到企业提出的不予公开的申请，未收到对政府信息公开申请答复不服的投诉。", ""),
    ("未收到企业提出的政府信息公开申请。", ""),
    ("未收到自然人提出的政府信息公开申请。", ""),
    ("若未收到政府信息公开申请，应当在报告中写明。", ""),
    ("去年未收到政府信息公开申请。", ""),
    ("2022年未收到政府信息公开申请，2023年收到政府信息公开申请3件。", "requests 3"),
    # proactive disclosure
    (
        "全年主动公开政府信息465条，其中：政府网站142条，媒体270条，微信公众号53条。",
        "proactive_total 465; proactive_parts_sum 465 of proactive_total",
    ),
    (
        "主动公开政府信息171条：公开领域信息124条，工作动态34条，预算决算4条，其他政府信息9条。",
        "proactive_total 171; proactive_parts_sum 171 of proactive_total",
    ),
    (
        "主动公开政府信息466条，其中：政府网站142条，媒体270条，微信公众号53条。",
        "proactive_total 466; proactive_parts_sum 465 of proactive_total",
    ),
    (
        "主动公开政府信息63条，其中，组织机构类信息16条，动态类信息36条，其他信息11条。",
        "proactive_total 63; proactive_parts_sum 63 of proactive_total",
    ),
    ("主动公开政府信息423条，其中工作总结1条，部门文件3条，基层治理信息312条。", "proactive_total 423"),
    ("主动公开政府信息162条，其中乡镇文件公开41条，通过微信公众号发布信息293篇。", "proactive_total 162"),
    ("主动公开政府信息700余条，其中公文法规6条，公文解读2条。", "proactive_total ~700"),
    ("全年累计主动公开政府信息1.2万条，同比增长8%。", "proactive_total 12000; growth_stated 8 of proactive_total"),
    ("通过微信公众号公开政府信息175条。", ""),
    ("主动公开政务文件11份，开展政策解读活动15次。", ""),
    ("比2022年增加58条，政策文件上涨116%，阅读量增长20%。", ""),
    # the fee
    ("六|本年度未收取信息处理费。", "info_fee_mentioned; info_fee_yuan 0"),
    ("六|本年度没有收取政府信息公开信息处理费。", "info_fee_mentioned; info_fee_yuan 0"),
    ("六|2023年度收取信息处理费0元。", "info_fee_mentioned; info_fee_yuan 0"),
    ("六|信息处理费收取情况：无。", "info_fee_mentioned; info_fee_yuan 0"),
    ("六|依据《政府信息公开信息处理费管理办法》，全市实际收取信息处理费共计400元。", "info_fee_mentioned; info_fee_yuan 400"),
    ("六|2023年有1件政府信息公开申请收取信息处理费380元。", "info_fee_mentioned; info_fee_cases 1; info_fee_yuan 380"),
    ("六|本年度对3件申请收取信息处理费，共计1 200元。", "info_fee_mentioned; info_fee_cases 3; info_fee_yuan 1200"),
    ("六|全年收取信息处理费1.26万元，涉及申请14件。", "info_fee_mentioned; info_fee_yuan 12600; info_fee_cases 14"),
    ("六|发出收费通知5件，应收信息处理费2100元，实际收取信息处理费1500元。", "info_fee_mentioned; info_fee_yuan 1500"),
    ("六|同一申请人一个自然月内累计申请10件以下的不收取信息处理费，11至30件的部分：100元/件。", "info_fee_mentioned"),
    ("六|申请人逾期未缴信息处理费，不再处理申请2件。", "info_fee_mentioned"),
    ("六|（收取信息处理费情况在此处报告。）", ""),
    ("六|无其他需要报告的事项。", ""),
    ("全年征收行政事业性收费59237.24万元，共收取行政事业性费用0元。", ""),
    # shares and changes
    ("新收政府信息公开申请比上年下降10.4%。", "growth_stated -10.4 of requests_new"),
    ("受理政府信息公开申请64件，同比增长百分之二十五。", "requests 64; growth_stated 25 of requests"),
    ("收到政府信息公开申请859件，申请数量较去年回落12.3%，办结率100%。", "requests 859; growth_stated -12.3 of requests"),
    ("（二）依申请公开。全年答复申请40件，答复率100%，满意率98.5%。", "answered 40"),
    ("收到政府信息公开申请12件，网站访问量同比增长35%。", "requests 12"),
    ("（二）依申请公开。受理申请12件，增长20%。", "requests 12"),
    (
        "（二）依申请公开。予以公开54件，占54%，比上年提高10.4个百分点。",
        "granted 54; percent_stated 54 of granted; growth_stated 10.4 of granted",
    ),
    # another year, a part of the year, a part of the organ, what shall be
    ("去年同期收到政府信息公开申请30件。", ""),
    ("2022年收到政府信息公开申请25件。", ""),
    ("2023年收到政府信息公开申请30件，较2022年的25件增加5件。", "requests 30"),
    ("上半年收到政府信息公开申请12件，下半年收到20件。", ""),
    ("第四季度，受理政府信息公开申请3件。", ""),
    ("全市共收到政府信息公开申请300件，其中，市公安局120件，市教育局收到申请80件。", "requests 300"),
    ("市公安局受理政府信息公开申请120件，市教育局受理政府信息公开申请80件。", ""),
    ("通过网络收到政府信息公开申请20件，通过信函收到政府信息公开申请5件。", ""),
    ("政府信息公开申请应当自收到之日起20个工作日内答复，申请超过30件的加收费用。", ""),
    ("计划明年办理政府信息公开申请不少于10件。", ""),
    ("收到政府信息公开申请3-5件。", ""),
    # the ways of other places
    ("累计办理公民、法人或其他组织通过网站、邮寄等途径提出的依申请公开信息合计16件。", "requests 16"),
    ("我局收到依申请公开164件，结转上年2件；办理85件，下年度继续办理81件。", "requests 164; carried_in 2; carried_over 81"),
    ("收到和处理政府信息公开申请0条，被申请行政复议、提起行政诉讼的情况为0。", "requests 0; no_requests; no_disputes"),
    ("主动公开信息116条，其中公众号27条，网站89条，收到政府信息公开申请4件，其中自然人3件。",
     "proactive_total 116; proactive_parts_sum 116 of proactive_total; requests 4; natural_person 3"),
    ("收到政府信息公开申请件1件，已按申请人要求答复。", "requests 1"),
    ("有关政府信息公开的行政复议案共1起。", "reconsideration 1"),
    ("我乡收到有关政府信息公开行政复议申请0件。", "reconsideration 0"),
    ("截至年底，未收到申请公开政府信息的诉求。", "no_requests"),
    ("我单位未收到依申请公开信件。", "no_requests"),
    ("全年未发生依申请公开信息，也没有依申请公开政府信息情况。", "no_requests"),
    ("在依申请公开方面，2023年未接收政府信息公开申请。", "no_requests"),
    ("未收到行政许可申请，未收到涉及政府信息公开的投诉件。", ""),
    ("暂未收到依申请公开气象行政审批信息。", ""),
    ("办理政府信息公开申请7件，其中自然人6件，法人及其他组织1件，予以公开或部分公开1件，本机关不掌握4件，不予公开1件。",
     "requests 7; natural_person 6; organisations 1; granted 1; denied 1"),
    ("政府信息公开申请办结246件，97件准予公开，部分公开12，其余不予公开。", "answered 246; granted 97; partially_granted 12"),
    ("（二）依申请公开。答复8件，其中公开1件，不属于政府信息4件。", "answered 8; granted 1"),
    ("通过政府网站主动公开政府信息10311条，通过政务新媒体公开政府信息42828条。", ""),
    ("在门户网站主动公开政府信息504条，其中工作动态140条，公示公告316条，其他48条。",
     "proactive_total 504; proactive_parts_sum 504 of proactive_total"),
    ("通过网站、新媒体、公告栏等渠道主动公开政府信息1235条。", "proactive_total 1235"),
    ("截至12月31日，新增主动公开政府信息502条，其中包括：政策法规45条，规划计划4条。", "proactive_total 502"),
    ("主动公开政府信息135条，较2022年减少12条，下降8.2%。", "proactive_total 135; growth_stated -8.2 of proactive_total"),
    ("收到政府信息公开申请12件，较2022年增加2件，增长20%。", "requests 12; growth_stated 20 of requests"),
    ("全年受理政府信息公开申请40件，较上年度的50件下降了20个百分点。", "requests 40"),
    ("本年度受理政府信息公开申请9件，其中3件于2022年12月收到。", "requests 9"),
    ("依法依规办理政府信息公开申请，未收取任何费用，办结率为100%，比去年提高2个百分点。", ""),
    ("政府信息公开申请办理平均用时12个工作日，延期答复3件，补正5件。", ""),
    ("协助上级机关答复政府信息公开申请6件，征求第三方意见2件。", ""),
    ("组织学习《政府信息公开条例》5次，修订《依申请公开办理制度》1件。", ""),
    ("政府信息公开申请办理满意率达98%，群众投诉比上年下降15%。", ""),
    (
        "四|行政复议结果维持2件，结果纠正0件，尚未审结1件。",
        "reconsideration_upheld 2; reconsideration_corrected 0; reconsideration_pending 1",
    ),
    (
        "四|本年度政府信息公开行政复议3件（含尚未审结1件），行政诉讼0件。",
        "reconsideration 3; reconsideration_pending 1; litigation 0",
    ),
    ("六|2022年收取信息处理费500元，2023年未收取信息处理费。", "info_fee_mentioned; info_fee_yuan 0"),
    ("六|本年度未向申请人收取信息处理费，也没有减免信息处理费的情形。", "info_fee_mentioned; info_fee_yuan 0"),
    ("六|依申请提供政府信息收取信息处理费的情况：本年度共收取1笔，计200元。", "info_fee_mentioned; info_fee_yuan 200"),
    ("制作信息112条，其中主动公开信息数7条，占比6.25%；依申请公开信息数59条，占比52.68%；不予公开信息数46条，占比41.07%。", ""),
    ("累计主动公开政府信息130条，依申请公开信息0条，发布规范性文件0件。", "proactive_total 130"),
    ("我局主动公开的政府信息20条，均为全文电子化。", "proactive_total 20"),
    ("我办受理依申请信息56条。", "requests 56"),
    ("我街道未收到依申请公开的相关信息。", "no_requests"),
    ("我街道未收到申请人提出的依申请公开。", "no_requests"),
    ("收到政府信息公开申请44件（其中：网上申请42件，现场申请0件，邮寄2件），上年度结转0件，本年度办结39件。",
     "requests 44; carried_in 0; answered 39"),
    ("共收到8份政府信息公开申请，均为自然人申请。其中，予以公开2件，部分公开2件，属于四类过程性信息1件，其他1件（申请人撤销）。",
     "requests 8; granted 2; partially_granted 2"),
    ("发生有关政府信息公开事务的行政复议案0件；发生有关政府信息公开事务的行政诉讼案0件；收到申诉案0件。",
     "reconsideration 0; litigation 0; no_disputes"),
    ("公开信息314条，其中，人员招录信息公开3条，公共资源配置领域信息公开12条，工作动态信息公开299条。",
     "proactive_total 314; proactive_parts_sum 314 of proactive_total"),
    # other subjects
    ("收到人大代表建议和政协委员提案25件，均按时答复。", ""),
    ("受理政府信息公开申请23件，办理局长信箱来信50件，办结12345热线工单1617件。", "requests 23"),
    ("收到群众来信、依申请信息公开等26件，其中依申请公开7件。", ""),
    ("网上答复解决群众诉求180余件，接受咨询2070人次。", ""),
    ("全年制发公文150件，其中主动公开100件、依申请公开30件、不予公开20件。", ""),
    ("更新依申请公开指南2次，梳理依申请公开目录12条。", ""),
    ("全年受理行政许可申请340件，办结338件，不予许可2件。", ""),
    ("受理信访件42件，办结40件；收到行政复议申请12件。", ""),
    ("举办政府信息公开培训3次，参训120人次，答复公众留言56条。", ""),
    ("严格执行“一事一申请”，实行一次性告知，对每一件申请认真办理。", ""),
    ("公开属性认定情况：主动公开40件，不予公开12件。", ""),
    ("第二十条第（八）项行政事业性收费共2项。", ""),
]  # fmt: skip
"""Sentences in the manner of real reports, and what a person reads in them; the report is of 2023.

Each text with the facts stated in it: ``requests 12; growth_stated -29 of requests``. Keys are those of the dictionary without
``text.``; ``~`` marks a number the text itself calls a rough one; 六| puts it into section six.
"""


def read(text: str, section: str | None = "s1", year: int | None = 2023) -> tuple[StatedFact, ...]:
    place = Place(0, Source(line=7), 1.0)
    return stated_facts([Paragraph(section=section, text=text, places=(place,))], year).facts


def in_words(fact: StatedFact) -> str:
    name = fact.key.removeprefix("text.")
    if fact.value is True:
        return name
    about = f" of {fact.about.removeprefix('text.')}" if fact.about else ""
    return f"{name} {'~' if fact.approximate else ''}{fact.value}{about}"


@pytest.mark.parametrize(("text", "expected"), STATED, ids=[text for text, _ in STATED])
def test_sentence_states_what_a_person_reads_in_it(text: str, expected: str) -> None:
    section, _, rest = text.partition("|")
    facts = read(rest, SECTIONS[section]) if rest else read(text)
    assert sorted(in_words(fact) for fact in facts) == sorted(filter(None, map(str.strip, expected.split(";"))))


def test_sentence_and_words_are_quoted_as_printed() -> None:
    text = "我市规范办理申请。2023 年，全市共受理政府信息公开申请 3119 件，答复 3050 件（含上年度结转申请 34 件）。此外无其他。"
    requests, answered, carried_in = read(text)
    assert requests.sentence == "2023 年，全市共受理政府信息公开申请 3119 件，答复 3050 件（含上年度结转申请 34 件）。"
    assert requests.words == "全市共受理政府信息公开申请 3119 件"
    assert answered.words == "答复 3050 件（含上年度结转申请 34 件）"
    assert (carried_in.words, carried_in.section, carried_in.source) == ("含上年度结转申请 34 件", "s1", Source(line=7))


def test_traditional_characters_and_pinyin_are_understood_and_quoted_as_printed() -> None:
    (fact,) = read("2023年，我局共受理政府信息公開(kāi)申請12件。")
    assert (fact.key, fact.value, fact.words) == ("text.requests", 12, "我局共受理政府信息公開(kāi)申請12件")


def test_a_fact_names_the_printed_line_its_sentence_begins_in() -> None:
    places = (Place(0, Source(page=1), 1.0), Place(10, Source(page=2), 1.0))
    paragraph = Paragraph(section="s1", text="我局规范公开工作。收到政府信息公开申请12件。", places=places)
    assert [fact.source for fact in stated_facts([paragraph], 2023).facts] == [Source(page=1)]
    paragraph = Paragraph(section="s1", text="我局规范信息公开工作。收到政府信息公开申请12件。", places=places)
    assert [fact.source for fact in stated_facts([paragraph], 2023).facts] == [Source(page=2)]


def test_nothing_is_stated_from_a_line_that_was_read_with_doubt_and_that_is_said() -> None:
    places = (Place(0, Source(page=1), 0.95), Place(16, Source(page=1), 0.8))
    paragraph = Paragraph(section="s1", text="收到政府信息公开申请12件，答复11件。结转下年1件。", places=places)
    stated = stated_facts([paragraph], 2023)
    assert [in_words(fact) for fact in stated.facts] == ["requests 12"]
    assert [(notice.code, notice.params) for notice in stated.notices] == [("prose_read_with_doubt", {"count": 2})]


def test_a_fact_stated_again_elsewhere_is_given_again() -> None:
    again = [
        Paragraph(section=section, text=f"全年收到政府信息公开申请{count}件。", places=(Place(0, Source(), 1.0),))
        for section, count in (("s1", 12), ("s3", 13))
    ]
    assert [(fact.section, fact.value) for fact in stated_facts(again, 2023).facts] == [("s1", 12), ("s3", 13)]


def test_heading_above_tells_what_the_numbers_below_are_about() -> None:
    def paragraphs(*texts: str) -> list[Paragraph]:
        return [Paragraph(section="s1", text=text, places=(Place(0, Source(), 1.0),)) for text in texts]

    under = paragraphs(
        "（二）依申请公开情况", "全年共收到5件，办结4件。", "（三）监督保障", "全年共收到意见5件，办结4件。", "办结6件。"
    )
    assert [in_words(fact) for fact in stated_facts(under, 2023).facts] == ["requests 5", "answered 4"]


def test_year_of_the_report_decides_which_figures_are_this_years() -> None:
    text = "2022年收到政府信息公开申请25件。"
    assert [read(text, year=year) == () for year in (2022, 2023)] == [False, True]
    assert len(read(text, year=None)) == 1


def test_section_three_and_four_say_what_their_prose_is_about() -> None:
    assert [in_words(fact) for fact in read("全年共收到3件，均已答复。", "s3")] == ["requests 3"]
    assert [in_words(fact) for fact in read("行政复议2件，行政诉讼1件。", "s4")] == ["reconsideration 2", "litigation 1"]
    assert read("行政复议2件，行政诉讼1件。", "s5") == ()


def test_fee_counts_as_mentioned_only_where_the_form_wants_it() -> None:
    assert [fact.key for fact in read("本年度未收取信息处理费。", "s1")] == ["text.info_fee_yuan"]


@pytest.mark.parametrize(
    "text", ["未" + "公开" * 20_000, "未发生" + "行政复议、" * 8_000, "收到" + "12件、" * 6_000, "1 " * 20_000]
)
def test_long_nonsense_is_read_in_no_time(text: str) -> None:
    assert len(read(text)) <= 1


CORPUS = {
    "000": "proactive_total 465; proactive_parts_sum 465 of proactive_total; requests 1; no_disputes",
    "001": "requests 3119; answered 3050; carried_in 34; carried_over 103; reconsideration 351;"
    " litigation 46; info_fee_mentioned; info_fee_yuan 3940; reconsideration_upheld 72; reconsideration_corrected 64;"
    " reconsideration_other_result 178; reconsideration_pending 37; litigation_upheld 25; litigation_corrected 5;"
    " litigation_other_result 9; litigation_pending 7",
    "004": "requests 859; growth_stated -12.3 of requests; answered 805; carried_in 18; carried_over 72; granted 258;"
    " percent_stated 33.9 of granted; denied 35; percent_stated 4.34 of denied; unable 265; percent_stated 32.9 of unable;"
    " not_processed 158; percent_stated 19.6 of not_processed; other 0; reconsideration 7; litigation 9;"
    " reconsideration_upheld 7; litigation_upheld 9",
    "016": "",
    "017": "no_disputes",
    "019": "",
    "022": "",
    "023": "",
    "026": "",
    "032": "",
    "033": "proactive_total 2942",
    "035": "proactive_total 25; requests 3",
    "041": "",
    "042": "",
    "050": "",
    "053": "proactive_total 367; proactive_parts_sum 367 of proactive_total",
}
"""What a person reads in the prose of the real reports."""


@pytest.mark.corpus
@pytest.mark.parametrize("case", sorted(CORPUS))
def test_real_report_states_what_a_person_reads_in_it(corpus: Path, case: str) -> None:
    files = [path for path in sorted(corpus.glob(f"{case}_*")) if ".scanned." not in path.name]
    for path in files:
        facts = read_report(path.read_bytes(), path.name).facts
        assert sorted(in_words(fact) for fact in facts) == sorted(filter(None, map(str.strip, CORPUS[case].split(";"))))


def test_every_pattern_of_the_words_compiles() -> None:
    """They are compiled when first asked for: a mistake in the file must not wait for the report that needs it."""
    words, data = patterns(), msgspec.convert(read_data("stated_facts.yaml"), StatedWords)
    for group in ("context", "elsewhere", "proactive", "denials", "fee", "shares"):
        for name in getattr(data, group):
            assert getattr(words, group)[name].pattern
    assert all(rule.words and (rule.forbidden is None or rule.forbidden.pattern) for rule in words.figures)
    assert all((words.states, words.request, words.topic, words.never_this_year))


@pytest.mark.parametrize("rule", [rule for rule in patterns().figures if rule.key != "text.requests"], ids=lambda rule: rule.key)
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_no_figure_is_lost_because_nothing_hints_at_its_words(rule: Figure, data: st.DataObject) -> None:
    """Whatever the words of a figure may be, a hint stands among them."""
    around = data.draw(st.from_regex(rule.words))
    if (match := rule.words.search(around)) is not None:
        assert rule.is_hinted(match[0])
