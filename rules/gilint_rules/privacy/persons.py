"""Identity numbers, bank cards, names."""

from __future__ import annotations

from gilint import Example, PersonalKind, Severity, Text
from gilint_rules.privacy.disclosing import LAWS, SENSITIVE, PersonalDataRule

_HEAD = "白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n"


class IdentityNumber(PersonalDataRule):
    """The identity number of a citizen."""

    code, name, severity = "PII001", "identity-number", Severity.ERROR
    title = Text("公开了公民身份号码", "An identity number is published")
    message = Text("文中有公民身份号码 {printed}。", "The text has an identity number: {printed}.")
    kinds = (PersonalKind.IDENTITY,)
    examples = (
        Example(document=_HEAD + "申请人身份证号11010519491231002X,已依法答复。\n", finds=((),)),
        Example(
            document=_HEAD + "申请人身份证号110105194912310021,已依法答复。\n",
            finds=((),),
            note=Text("校验码不符，但已写明是身份证号", "the check digit is wrong, but it is said to be an identity number"),
        ),
        Example(
            document=_HEAD + "本单位统一社会信用代码110105194912310021,受理编号110105194912310022。\n",
            note=Text("校验码不符，或是单位的代码", "the check digit is wrong, or it is an organisation's code"),
        ),
    )


class CardNumber(PersonalDataRule):
    """The number of a bank card."""

    code, name, severity = "PII002", "card-number", Severity.ERROR
    title = Text("公开了银行卡号", "The number of a bank card is published")
    message = Text("文中疑有银行卡号 {printed}。", "The text seems to have the number of a bank card: {printed}.")
    kinds = (PersonalKind.CARD,)
    source = (*LAWS, SENSITIVE)
    examples = (
        Example(document=_HEAD + "退费至银行卡号6222020200112233446。\n", finds=((),)),
        Example(
            document=_HEAD + "信息处理费缴入非税收入专户(账号:6222020200112233446)。\n",
            note=Text("单位的收款账户", "the account of an office"),
        ),
    )


class ApplicantNamed(PersonalDataRule):
    """An applicant or party, named."""

    code, name, severity = "PII005", "applicant-named", Severity.WARNING
    title = Text("写出了申请人姓名", "An applicant is named")
    message = Text("文中写出了申请人“{printed}”的姓名。", "The text names an applicant, “{printed}”.")
    suggestion = Text("请改为“某申请人”或“张某”。", "Write “an applicant”, or give the surname only.")
    kinds = (PersonalKind.NAME,)
    examples = (
        Example(document=_HEAD + "其中申请人张建国向我局提出的申请已依法答复。\n", finds=((),)),
        Example(document=_HEAD + "其中申请人张某向我局提出的申请已依法答复,申请人于5月提出复议。\n"),
    )
