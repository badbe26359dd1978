"""Numbers: by example, against the `phonenumbers` library where both should agree, and over arbitrary text."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keytag.vietnam.phones import Kind, classify, display, group, tables

CASES = [
    ("0900.000.100", Kind.MOBILE, "", "0900.000.100"),
    ("0900 000 100", Kind.MOBILE, "", "0900.000.100"),
    ("090.000.0100", Kind.MOBILE, "", "0900.000.100"),
    ("0269.3000.113", Kind.LANDLINE, "", "0269.3000.113"),
    ("(0269) 3000113", Kind.LANDLINE, "", "0269.3000.113"),
    ("02438291133", Kind.LANDLINE, "", "024.3829.1133"),
    ("0692.000.113", Kind.POLICE, "", "0692.000.113"),
    ("069.800.113", Kind.ARMY, "", "069.800.113"),
    ("113", Kind.SHORT, "", "113"),
    ("112", Kind.SHORT, "", "112"),
    ("1800.1234", Kind.TOLL_FREE, "", "1800.1234"),
    ("1900 123456", Kind.PREMIUM, "", "1900.123.456"),
    ("059.3831.113", Kind.OLD_LANDLINE, "02693831113", "059.3831.113"),
    ("(059) 3831113", Kind.OLD_LANDLINE, "02693831113", "059.3831.113"),
    ("0593.831.113", Kind.MOBILE, "", "0593.831.113"),
    ("(08) 38291234", Kind.OLD_LANDLINE, "02838291234", "08.3829.1234"),
    ("0511.3831.113", Kind.OLD_LANDLINE, "02363831113", "0511.3831.113"),
    ("0241.3831.113", Kind.OLD_LANDLINE, "02223831113", "0241.3831.113"),
    ("0168.000.0100", Kind.OLD_MOBILE, "0380000100", "0168.000.0100"),
    ("+84 900 000 100", Kind.MOBILE, "", "+84 900 000 100"),
    ("0084 269 3000 113", Kind.LANDLINE, "", "0084 269 3000 113"),
    ("+84 (0)269 3000 113", Kind.LANDLINE, "", "+84 (0)269 3000 113"),
    ("(+84) 900 000 100", Kind.MOBILE, "", "(+84) 900 000 100"),
    # after +84 the grouping speaks as after 0
    ("+84 59 383 1113", Kind.OLD_LANDLINE, "02693831113", "+84 59 383 1113"),
    ("+84 59 3000213", Kind.OLD_LANDLINE, "02693000213", "+84 59 3000213"),
    ("(+84) 56 3000213", Kind.OLD_LANDLINE, "02563000213", "(+84) 56 3000213"),
    ("0084 38 3831113", Kind.OLD_LANDLINE, "02383831113", "0084 38 3831113"),
    ("+84 (0)59 3000213", Kind.OLD_LANDLINE, "02693000213", "+84 (0)59 3000213"),
    ("+84 8 3829 1234", Kind.OLD_LANDLINE, "02838291234", "+84 8 3829 1234"),
    ("+84 593 000 213", Kind.MOBILE, "", "+84 593 000 213"),
    ("059 383 1113", Kind.OLD_LANDLINE, "02693831113", "059.3831.113"),
    ("1022", Kind.SHORT, "", "1022"),
]


@pytest.mark.parametrize(("text", "kind", "today", "shown"), CASES, ids=[case[0] for case in CASES])
def test_a_number_is_known_and_printed_in_its_usual_groups(text: str, kind: Kind, today: str, shown: str) -> None:
    phone = classify(text)
    assert (phone.kind, phone.today, display(text)) == (kind, today, shown)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no digits"),
        ("0269.3000.2O1", "'O'"),
        ("０２６９.3000.201", "'０２６９'"),
        ("0900.000.10", "10 digits, this has 9"),
        ("0269.3000.1133", "11 digits, this has 12"),
        ("0298.3000.113", "no area code 0298"),
        ("0890.000.100", "no mobile begins with 0890"),
        ("069.12345", "this has 8"),
        ("0900.000.100 0900.000.101", "two numbers"),
        ("+1 555 0100", "another country"),
        ("116", "short number"),
        ("84900000100", "did you mean 0900.000.100?"),
        ("900000101", "did you mean 0900.000.101?"),
        ("2693000113", "did you mean 0269.3000.113?"),
        ("0269.0000.113", "no number of 0269 begins with 0"),
        ("0269.1000.113", "no number of 0269 begins with 1"),
        ("0240.000.0113", "no number of 024 begins with 0"),
        ("0300.000.101", "no number begins with 030"),
        ("0310.000.101", "no number begins with 031"),
        ("0510.000.101", "no number begins with 051"),
        ("0950.000.101", "no number begins with 095"),
        ("059.1831.113", "no mobile"),
        ("069.200.113", "has 10 digits, this has 9"),
        ("0695.000.113", "0692, 0693 or 0694"),
    ],
)
def test_what_is_wrong_is_said(text: str, why: str) -> None:
    phone = classify(text)
    assert phone.kind is Kind.INVALID
    assert why in phone.why


def test_an_old_landline_has_the_digits_of_a_mobile_and_field_and_grouping_tell() -> None:
    assert phonenumbers.is_valid_number(phonenumbers.parse("0593831113", "VN"))  # the trap
    assert classify("0593831113").kind is Kind.MOBILE
    assert classify("0593831113", desk=True).kind is Kind.OLD_LANDLINE
    assert classify("059.3831.113").kind is Kind.OLD_LANDLINE  # grouped as a landline, whoever has it
    assert classify("0593.831.113", desk=True).kind is Kind.MOBILE  # grouped as a mobile, even on a desk
    assert classify("059.383.1113").kind is Kind.OLD_LANDLINE
    assert classify("+84593831113").doubtful and classify("0593831113", desk=True).doubtful
    assert not classify("0593.831.113").doubtful and not classify("0900000100").doubtful


_TYPES = {
    phonenumbers.PhoneNumberType.MOBILE: Kind.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE: Kind.LANDLINE,
    phonenumbers.PhoneNumberType.TOLL_FREE: Kind.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE: Kind.PREMIUM,
}


def _library(digits: str) -> Kind | None:
    try:
        number = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException:
        return None
    if str(number.national_number) != digits.lstrip("0"):
        return None  # it took a leading 84 for the country's code
    return _TYPES.get(phonenumbers.number_type(number))


_PREFIXES = st.sampled_from(
    [
        *tables().mobiles,
        *tables().areas,
        *(a.old for a in tables().areas.values()),
        *tables().old_mobiles,
        "1800",
        "1900",
    ]
)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(_PREFIXES, st.text("0123456789", min_size=4, max_size=9))
@example("0249", "3829113")
@example("024", "13829113")
@example("0269", "0000113")
def test_agrees_with_the_library_where_both_should(prefix: str, rest: str) -> None:
    digits = prefix + rest
    ours, theirs = classify(digits).kind, _library(digits)
    if theirs is None:
        # Outdated numbers are known to us alone; 024 9… is free in the plan and unknown to the library.
        known = {Kind.OLD_LANDLINE, Kind.OLD_MOBILE, Kind.INVALID}
        assert ours in known or digits.startswith("0249")
    elif theirs is Kind.LANDLINE and ours is Kind.INVALID:  # the library knows ranges, not that 0 and 1 begin none
        assert "begins with" in classify(digits).why
    elif digits[:3] in ("030", "031", "051", "095"):  # in the plan, and never or no more handed out
        assert ours in (Kind.INVALID, Kind.OLD_LANDLINE)
    else:
        assert ours is theirs


@settings(deadline=None, derandomize=True, max_examples=500)
@given(st.text(st.sampled_from("0123456789 .-+()O０lạ\u00a0\u202e"), max_size=24), st.booleans())
def test_any_text_is_classified_and_shown_with_its_own_digits(text: str, desk: bool) -> None:
    phone = classify(text, desk)
    assert (phone.kind is Kind.INVALID) == bool(phone.why)
    shown = display(text, desk)
    assert [c for c in shown if c.isdigit()] == [c for c in text if c.isdigit()]
    if phone.kind is not Kind.INVALID:
        printed = group(phone.digits, phone.kind)
        again = classify(printed, desk)
        assert (again.digits, again.kind) == (phone.digits, phone.kind) or phone.kind in (
            Kind.OLD_LANDLINE,  # by its digits or its desk
            Kind.MOBILE,
        )
        assert group(again.digits, again.kind) == printed or desk
