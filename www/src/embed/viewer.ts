/** `<patchcord-viewer>`: graph and outline of a document, to look at. */
import { Frame, beside } from "./frame";

export class PatchcordViewer extends Frame {
  protected readonly page = beside("viewer.html");
}

if (!customElements.get("patchcord-viewer")) customElements.define("patchcord-viewer", PatchcordViewer);
