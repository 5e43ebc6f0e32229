// What scripts say comes from the page, whole and in its reader's language: attributes data-say-… of the element that a
// module serves. Here places in braces are filled in, the form for an amount is chosen, and times and lists are written.
const { lang } = document.documentElement;
const kinds = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);
const times = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
const lists = new Intl.ListFormat(lang, { type: "unit" });

export const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (place, name) => values[name] ?? place);

// "600:ten minutes left|60:one minute left" as [[600, "ten minutes left"], …].
export const byNumber = (told) => told.split("|").map((each) => each.match(/^(\d+):(.*)$/s)).map(([, number, words]) => [Number(number), words]);

// Each form comes with a number that it is said of: the one whose number this language counts in the same way.
export function counted(forms, count, values) {
  const all = byNumber(forms);
  const [, form] = all.find(([number]) => kinds.select(number) === kinds.select(count)) ?? all.at(-1);
  return fill(form, { count: numbers.format(count), ...values });
}

export const list = (names) => lists.format(names.map(String));

// The hour and minute of a moment as the server tells it, which is in the zone of the times on its pages.
export const clock = (moment) => times.format(new Date(`${moment.slice(0, 19)}Z`));
