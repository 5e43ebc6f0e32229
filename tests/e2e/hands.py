"""How somebody works a page: with a mouse, or with nothing but a keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

BEFORE_IT = """target => {
  const can = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const stops = [...document.querySelectorAll(can)].filter(each => each === target
    || (each.tabIndex >= 0 && !each.disabled && each.type !== 'hidden' && each.checkVisibility()
        && !(each.type === 'radio' && each.name === target.name && target.type === 'radio')));
  document.activeElement.blur();
  const before = stops[stops.indexOf(target) - 1];
  if (before) before.focus();
}"""
"""Focus stands on what comes before the target on the way through the page, so that one more Tab should reach it."""

SCROLLED = 3
"""So many stretches that scroll, which Chromium stops at as well, may stand between."""


class Hands:
    """With a mouse: what is not in sight is scrolled to and clicked."""

    def press(self, control: Locator) -> None:
        """A button, link or summary does what it does."""
        control.click()

    def write(self, field: Locator, text: str) -> None:
        """The text stands in the field instead of what stood there."""
        field.fill(text)

    def tick(self, box: Locator) -> None:
        """A checkbox or radio button is chosen."""
        box.check()

    def pick(self, menu: Locator, words: str) -> None:
        """The choice with these words is chosen in a select."""
        menu.select_option(label=words)


class Keyboard(Hands):
    """With a keyboard alone: everything is a stop on the way through the page and obeys the keys that it should."""

    def press(self, control: Locator) -> None:
        self.reach(control)
        # Pressed on the control, which has the focus by now, it is waited for that a form is sent or a link followed.
        control.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        field.page.keyboard.press("ControlOrMeta+a")
        # A paste comes at once; of a few words each key is pressed.
        if len(text) > 100:
            field.page.keyboard.insert_text(text)
        else:
            field.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        if box.is_checked():
            return
        self.reach(box)
        box.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def pick(self, menu: Locator, words: str) -> None:
        self.reach(menu)
        menu.page.keyboard.type(words)
        expect(menu.locator("option:checked")).to_have_text(words)

    def reach(self, control: Locator) -> None:
        """Tab comes to the control, in a group of radio buttons by the arrows; the focus is seen there."""
        page = control.page
        control.wait_for()
        control.evaluate(BEFORE_IT)
        for _ in range(1 + SCROLLED):
            page.keyboard.press("Tab")
            if control.evaluate("each => each === document.activeElement"):
                return
            if control.evaluate("each => each.type === 'radio' && each.name === document.activeElement.name"):
                self.walk_to(control)
                return
        expect(control).to_be_focused(timeout=1)

    def walk_to(self, radio: Locator) -> None:
        """From the radio button of its group that has the focus, by the arrows."""
        for _ in range(radio.evaluate("each => document.getElementsByName(each.name).length")):
            if radio.evaluate("each => each === document.activeElement"):
                return
            radio.page.keyboard.press("ArrowDown")
        expect(radio).to_be_focused(timeout=1)
