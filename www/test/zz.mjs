import { compressed } from "./load.mjs";
import { browser } from "../../pkg/test/browser/serve.mjs";
import { MENU } from "./menu.mjs";
const s = await compressed(new URL("../dist/",import.meta.url).pathname); const b = await browser();
for (let i=0;i<12;i++){
const context = await b.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce" });
const page = await context.newPage(); const logs=[];
page.on("console",m=>logs.push(m.text()));
await page.addInitScript((flow) => {localStorage.setItem("patchcord.flow", flow);window.o=performance.timeOrigin}, MENU);
const w = await context.newCDPSession(page);
await w.send("Network.enable"); await w.send("Network.setCacheDisabled", { cacheDisabled: true });
await w.send("Network.emulateNetworkConditions", { offline: false, latency: 60, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 });
await w.send("Emulation.setCPUThrottlingRate", { rate: 4 });
await page.goto(s.url+"/index.html", { waitUntil: "commit" });
await page.locator(".step").first().waitFor({timeout:60000});
const o=await page.evaluate(()=>[window.o,performance.now()]);
console.log("step by",o[1]|0, logs.filter(l=>l.startsWith("W")).map(l=>l.replace(/[\d.]+$/,x=>(x-o[0])|0)).join(" | "));
await context.close();}
await b.close(); s.close(); process.exit(0);
