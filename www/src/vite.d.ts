/// <reference types="vite/client" />
declare module "*.wasm?url" {
  const address: string;
  export default address;
}
