import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { attend } from "./embed/guest";
import { embedded } from "./flow/place";
import { rouse } from "./flow/reader";
import { turn } from "./flow/turn";
import "./style/base.css";
import "./style/shell.css";
import "./style/graph.css";
import "./style/wires.css";
import "./style/side.css";
import "./style/dock.css";
import "./style/call.css";
import "./style/timeline.css";
import "./style/ladder.css";
import "./style/over.css";
import "./style/find.css";
import "./style/keys.css";
import "./style/first.css";
import "./style/compare.css";
import "./style/rtl.css";

const page = document.getElementById("page");
// Away from a server (and while the page is written) nothing has to be kept.
if (import.meta.env.PROD && !embedded && "serviceWorker" in navigator && location.protocol.startsWith("http")) {
  window.addEventListener("load", () => void navigator.serviceWorker.register("./offline.js").catch(() => undefined));
}

if (page) {
  // It comes while the page is made.
  rouse();
  const start = () =>
    createRoot(page).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  if (embedded) void attend().then(start);
  // Its code has just run; the first rendering is another turn.
  else void turn().then(start);
}
