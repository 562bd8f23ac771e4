/** `<patchcord-designer>`: the whole designer, in any page. */
import { Frame, beside } from "./frame";

export class PatchcordDesigner extends Frame {
  protected readonly page = beside("index.html");
}

if (!customElements.get("patchcord-designer")) customElements.define("patchcord-designer", PatchcordDesigner);
