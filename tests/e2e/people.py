"""What an instructor and a learner do with the pages, the same with and without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.browsers import PATIENCE
from tests.e2e.hands import Hands
from tests.e2e.installation import PASSWORD, Installation


@dataclass
class Person:
    """Somebody before a browser of their own. `complaints` collects what the browser's console had to say."""

    installation: Installation
    browser: Browser
    address: str
    has_scripts: bool = True
    hands: Hands = field(default_factory=Hands)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context: BrowserContext = self.browser.new_context(
            base_url=self.installation.url, java_script_enabled=self.has_scripts
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def press(self, name: str, *, exact: bool = False) -> None:
        self.hands.press(self.page.get_by_role("button", name=name, exact=exact).first)

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.hands.press(self.page.get_by_role("link", name=name, exact=exact).first)

    def open(self, summary: str) -> None:
        """What is folded behind a summary with these words stands open."""
        self.hands.press(self.page.locator("summary", has_text=summary).first)

    def write(self, label: str, text: str, *, exact: bool = False) -> None:
        """The field with this label holds the text instead of what it held."""
        self.hands.write(self.page.get_by_label(label, exact=exact), text)

    def choose_password(self, link: str) -> None:
        self.page.goto(link)
        for field_ in self.page.locator("input[type=password]").all():
            self.hands.write(field_, PASSWORD)
        self.press("Set this password and sign in")

    def sign_up(self, name: str) -> None:
        """They have an account, whose address they confirmed by the link in their mail."""
        self.page.goto("/accounts/signup/")
        self.write("Your name", name)
        self.write("Email address", self.address)
        self.hands.write(self.page.locator("input[type=password]"), PASSWORD)
        self.press("Create my account")
        expect(self.heading).to_have_text("Look into your mail")
        self.page.goto(self.installation.mailed_link(self.address))
        self.press("Yes, this is my address")

    def sign_in(self) -> None:
        self.page.goto("/accounts/login/")
        self.write("Email address", self.address)
        self.hands.write(self.page.locator("input[type=password]"), PASSWORD)
        self.press("Sign in", exact=True)
        expect(self.page.get_by_text(f"Signed in as {self.address}")).to_be_visible()

    def sign_out(self) -> None:
        self.page.goto("/accounts/logout/")
        self.press("Sign out", exact=True)

    def stay(self) -> None:
        """From here on, `has_stayed` tells whether the page was ever loaded again."""
        self.page.evaluate("window.hasStayed = true")

    def has_stayed(self) -> bool:
        return bool(self.page.evaluate("window.hasStayed === true"))


def answer(section: Locator, content: Mapping[str, Any], *, right: bool, hands: Hands) -> None:
    """The question on the page is answered so that it earns everything, or nothing."""
    if content.get("options"):
        chosen = [option["text"] for option in content["options"] if option["correct"] is right]
        choose(section, chosen if "checkbox" in kinds_of(section) and right else chosen[:1], hands)
    elif content.get("sentences"):
        chosen = [sentence["text"] for sentence in content["sentences"] if sentence["correct"] is right]
        choose(section, chosen if right else chosen[:1], hands)
    elif content.get("gaps"):
        for place, gap in zip(section.locator(".gaps select, .gaps input").all(), content["gaps"], strict=True):
            fill_gap(place, gap, right=right, hands=hands)
    elif content.get("accepted"):
        hands.write(section.get_by_role("textbox"), content["accepted"][0] if right else "a word that stands nowhere")
    else:
        values = [value for value in ("true", "false", "not_stated") if (value == content["answer"]) is right]
        hands.tick(section.locator(f"input[value={values[0]}]"))


def kinds_of(section: Locator) -> list[str | None]:
    return [box.get_attribute("type") for box in section.locator("input:not([type=hidden])").all()][:1]


def choose(section: Locator, texts: list[str], hands: Hands) -> None:
    for label in section.locator("label:has(input[name^=answer])").all():
        if label.inner_text().strip() in texts:
            hands.tick(label.locator("input"))


def fill_gap(place: Locator, gap: Mapping[str, Any], *, right: bool, hands: Hands) -> None:
    accepted = gap["accepted"]
    if gap.get("options"):
        hands.pick(place, next(option for option in gap["options"] if (option in accepted) is right))
    else:
        hands.write(place, accepted[0] if right else "a word that stands nowhere")
