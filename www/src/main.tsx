import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import "@xyflow/react/dist/base.css";
import "./style/base.css";
import "./style/shell.css";
import "./style/graph.css";
import "./style/wires.css";
import "./style/side.css";
import "./style/dock.css";
import "./style/ladder.css";
import "./style/over.css";

const page = document.getElementById("page");
if (page) {
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
