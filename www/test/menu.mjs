/** A flow with most of what a flow has. */
export const MENU = `# A menu.
version: 1.0.0
sections:
  main:
    - answer
    - play: { url: "say:Welcome" }   # greets
    - connect:
        timeout: 20
        parallel:
          - to: sip:alice@example.com
          - to: sip:bob@example.com
        result:
          case:
            connected: [hangup]
    - execute: { dest: goodbye }
    - hangup
  goodbye:
    - play: { url: "say:Goodbye" }
    - return: said
`;
