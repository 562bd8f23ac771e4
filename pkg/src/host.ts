import type { Command, CommandName, Commands } from "./types.js";

/**
 * What a live engine orders: one method per command, called in order. They give nothing back;
 * what comes of an order is reported later with `Engine.event`. A method must not call into the
 * engine that called it.
 */
export type Host = { [Name in CommandName]: (order: Commands[Name]) => void };

/** Calls the method of one order. */
export function obey(host: Host, command: Command): void {
  const { name, ...order } = command;
  // The pair of name and order is one of the table's rows; TypeScript cannot follow that.
  (host[name] as (order: Omit<Command, "name">) => void).call(host, order);
}
