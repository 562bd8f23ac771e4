import type { Activity, Command, CommandName, Commands, Event } from "./types.js";

/** Orders that not every host can obey: what goes on for a while, and what belongs to it. */
type Optional = {
  [Name in CommandName]: Commands[Name] extends Activity ? Name : never;
}[CommandName];

/** Of these, the ones that every host can obey. */
type Usual = "play" | "stop" | "send-digits";

/**
 * What a live engine orders: one method per command, called in order. They give nothing back;
 * what comes of an order is reported later with `Engine.event`. A method must not call into the
 * engine that called it.
 *
 * `record`, `recognize`, `tap`, `stream`, `detect`, `denoise`, `echo`, `transcribe`, `enqueue`,
 * `join`, `refer`, `extend`, `adjust` and `user-event` may be left out: the engine is then told
 * that this host cannot do it, and the flow goes on as the platform documents it.
 */
export type Host = {
  [Name in Exclude<CommandName, Exclude<Optional | "user-event", Usual>>]: (order: Commands[Name]) => void;
} & {
  [Name in Exclude<Optional | "user-event", Usual>]?: (order: Commands[Name]) => void;
};

/**
 * Calls the method of one order. Gives the fact that has to be reported when the host has no
 * such method.
 */
export function obey(host: Host, command: Command): Event | undefined {
  const { name, ...order } = command;
  // The pair of name and order is one of the table's rows; TypeScript cannot follow that.
  const method = host[name] as ((order: Omit<Command, "name">) => void) | undefined;
  if (method) {
    method.call(host, order);
    return undefined;
  }
  if ("media" in command && name !== "adjust" && typeof command.media === "number") {
    return { name: "media-done", leg: command.leg, media: command.media, result: "unsupported" };
  }
  return undefined;
}
