/**
 * An element that shows a page of ours in a frame. Neither page's styles reach the other, and every
 * element has a page, and so a document and a history, of its own.
 */
import { type Changed, type Manner, type News, type Order, addressee, pack, unpack } from "./protocol";

const STYLE = ":host{display:block;height:560px}:host([hidden]){display:none}iframe{display:block;width:100%;height:100%;border:0}";

export abstract class Frame extends HTMLElement {
  static readonly observedAttributes = ["src", "scenario", "readonly", "theme", "lang"];

  /** Where the page is, seen from this file. */
  protected abstract readonly page: URL;

  #text = "";
  #scenario = "";
  #frame: HTMLIFrameElement | undefined;
  /** The page in the frame has its document. */
  #begun = false;
  /** What is being fetched, if anything; the document waits for it. */
  #fetches = new Map<"src" | "scenario", AbortController>();
  #asked = false;
  /** What the page has to say as soon as it can. */
  #troubles: Order[] = [];

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  /** The document, as it is now. */
  get value(): string {
    return this.#text;
  }

  set value(text: string) {
    this.#drop("src");
    this.#take("src", String(text));
  }

  /** The text of the scenario that the call is played by. */
  get scenarioText(): string {
    return this.#scenario;
  }

  set scenarioText(text: string) {
    this.#drop("scenario");
    this.#take("scenario", String(text));
  }

  get readOnly(): boolean {
    return this.hasAttribute("readonly");
  }

  set readOnly(readonly: boolean) {
    this.toggleAttribute("readonly", readonly);
  }

  connectedCallback(): void {
    // What was set before this class was known lies in front of its setters.
    for (const name of ["value", "scenarioText", "readOnly"] as const) this.#upgrade(name);
    const frame = document.createElement("iframe");
    const address = new URL(this.page);
    address.searchParams.set("embed", location.origin);
    frame.src = address.href;
    frame.title = this.title || "Patchcord";
    frame.allow = "clipboard-read; clipboard-write";
    this.#frame = frame;
    window.addEventListener("message", this.#hear);
    this.shadowRoot?.replaceChildren(frame);
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#hear);
    this.#frame?.remove();
    this.#frame = undefined;
    this.#begun = false;
    this.#asked = false;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === "src" || name === "scenario") void this.#fetch(name, now);
    else if (this.#begun) this.#send({ kind: "manner", ...this.#manner });
  }

  get #manner(): Manner {
    const theme = this.getAttribute("theme");
    const lang = this.closest("[lang]")?.getAttribute("lang") ?? "en";
    return { theme: theme === "light" || theme === "dark" ? theme : "system", lang, readonly: this.readOnly };
  }

  /** The name of the document: the end of its address. */
  get #name(): string {
    return this.getAttribute("src")?.replace(/[?#].*$/, "").split("/").at(-1) || "flow";
  }

  async #fetch(of: "src" | "scenario", address: string | null): Promise<void> {
    this.#drop(of);
    if (address === null || address === "") {
      this.#begin();
      return;
    }
    const control = new AbortController();
    this.#fetches.set(of, control);
    try {
      const reply = await fetch(new URL(address, document.baseURI), { signal: control.signal });
      if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`.trim());
      const text = await reply.text();
      if (this.#fetches.get(of) !== control) return;
      this.#fetches.delete(of);
      this.#take(of, text);
      this.#begin();
    } catch (error) {
      if (this.#fetches.get(of) !== control) return;
      this.#fetches.delete(of);
      this.#troubles.push({ kind: "unfetched", address, why: error instanceof Error ? error.message : String(error) });
      this.#begin();
      this.#complain();
    }
  }

  /** What is fetched is no longer wanted. */
  #drop(of: "src" | "scenario"): void {
    this.#fetches.get(of)?.abort();
    this.#fetches.delete(of);
  }

  #take(of: "src" | "scenario", text: string): void {
    if (text === (of === "src" ? this.#text : this.#scenario)) {
      this.#begin();
      return;
    }
    if (of === "src") this.#text = text;
    else this.#scenario = text;
    if (!this.#begun) this.#begin();
    else if (of === "src") this.#send({ kind: "text", name: this.#name, text });
    else this.#send({ kind: "scenario", text });
  }

  /** Gives the page its document, once it asked for it and all of it is here. */
  #begin(): void {
    if (this.#begun || !this.#asked || this.#fetches.size > 0) return;
    this.#begun = true;
    this.#send({ kind: "begin", name: this.#name, text: this.#text, scenario: this.#scenario, ...this.#manner });
    this.#complain();
  }

  #complain(): void {
    if (!this.#begun) return;
    for (const trouble of this.#troubles.splice(0)) this.#send(trouble);
  }

  #send(order: Order): void {
    this.#frame?.contentWindow?.postMessage(pack(order), addressee(this.page.origin));
  }

  #hear = ({ source, origin, data }: MessageEvent): void => {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.page.origin) return;
    const news = unpack<News>(data);
    switch (news?.kind) {
      case "hello":
        // A page that was loaded again begins again.
        this.#asked = true;
        this.#begun = false;
        this.#begin();
        break;
      case "ready":
        this.dispatchEvent(new CustomEvent("ready"));
        break;
      case "change":
        this.#text = news.detail.value;
        this.#tell<Changed>("change", news.detail);
        break;
      case "diagnostics":
      case "select":
      case "simulate":
        this.#tell(news.kind, news.detail);
        break;
    }
  };

  #tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true }));
  }

  #upgrade(name: "value" | "scenarioText" | "readOnly"): void {
    const given = Object.getOwnPropertyDescriptor(this, name);
    if (!given) return;
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, given.value);
  }
}

/** A page that stands beside the folder of this file. */
export const beside = (page: string): URL => {
  const here = import.meta.url;
  return new URL(`../${page}`, here);
};
