"""Reading the forms and links of a page."""

from gateway.cli.page_forms import forms_of, links_of

PAGE = """
<a href="/account">back</a> <input name="lost" value="x">
<form method="post" action="/consent">
  <input type="hidden" name="to" value="/oauth/authorize?continue=a&amp;b">
  <input type="hidden" name="scope" value="openid"><input type="checkbox" name="scope" value="openid" checked disabled>
  <input type="checkbox" name="scope" value="phone" checked> <input type="checkbox" name="scope" value="profile">
  <input type="radio" name="person" value="somebody"> <input type="file" name="picture">
  <button name="act" value="yes">Yes</button>
</form>
<form><input name="q"></form>
"""


def test_a_form_is_what_would_be_sent_untouched() -> None:
    """Hidden and ticked fields; neither what is disabled nor what nobody chose."""
    consent, search = forms_of(PAGE)

    assert (consent.action, consent.method) == ("/consent", "post")
    assert consent.fields == [
        ("to", "/oauth/authorize?continue=a&b"),
        ("scope", "openid"),
        ("scope", "phone"),
    ]
    assert consent.asks == {"to", "scope", "person", "picture"}
    assert (search.action, search.method, search.fields) == ("", "get", [("q", "")])


def test_links_are_told_as_they_stand() -> None:
    """In their order."""
    assert links_of(PAGE) == ["/account"]
