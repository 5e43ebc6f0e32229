// Steps to put in order: beside each place, buttons that move the step, and a polite word of where it went. The places
// are selects that work alone; here they always make a whole order.
import { fill } from "./words.js";

class Order {
  constructor(list) {
    this.list = list;
    this.said = list.nextElementSibling;
    this.words = list.dataset;
    for (const row of list.children) {
      row.querySelector("select").after(this.button(row, this.words.sayUp, "↑", -1), this.button(row, this.words.sayDown, "↓", 1));
    }
    list.addEventListener("input", ({ target }) => this.put(target));
    list.closest("[data-position]")?.addEventListener("restored", () => this.sort());
    this.sort();
  }

  get rows() { return [...this.list.children]; }

  button(row, name, sign, step) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: sign });
    made.setAttribute("aria-label", fill(name, { step: row.lastElementChild.textContent }));
    made.addEventListener("click", () => this.move(row, this.rows.indexOf(row) + step));
    return made;
  }

  move(row, to) {
    if (to < 0 || to >= this.rows.length) this.said.textContent = to < 0 ? this.words.sayFirst : this.words.sayLast;
    else {
      const select = row.querySelector("select");
      select.value = to + 1;
      select.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // Runs before the answer is read. What is put somewhere pushes the others along; taking a place back takes back all.
  put(select) {
    const row = select.closest("li"), to = select.value - 1, focused = document.activeElement;
    if (to < 0) return this.rows.forEach((each) => { each.querySelector("select").value = ""; });
    this.list.insertBefore(row, this.rows.filter((each) => each !== row)[to] ?? null);
    this.rows.forEach((each, index) => { each.querySelector("select").value = index + 1; });
    focused.focus();
    this.said.textContent = fill(this.words.sayMoved, { place: to + 1, places: this.rows.length });
  }

  sort() {
    const place = (row) => Number(row.querySelector("select").value) || this.rows.length + 1;
    this.list.append(...this.rows.sort((one, other) => place(one) - place(other)));
  }
}

for (const list of document.querySelectorAll("[data-order]")) new Order(list);
