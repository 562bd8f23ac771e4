// The call on the page: where it is, who is asked, what is answered.
import { page, press, until } from "./visit.mjs";

/** Where the call is, in words. */
export const where = () => page.locator(".call .outcome").innerText();

/** The card of somebody who is asked. */
export const card = (name) => page.locator(".card", { has: page.locator(`header strong:text-is("${name}")`) });

/** Somebody does something. */
export const say = (name, what) => card(name).getByRole("button", { name: what, exact: true }).click();

/** One event on, and it is shown. */
export async function stepOn() {
  const was = await where();
  await press("F10");
  await until("the next event", async () => (await where()) !== was);
}
