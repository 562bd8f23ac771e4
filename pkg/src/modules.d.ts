declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*/embedded/module.js";
