// Loaded before a command: makes it believe that a person sits at its terminal.
Object.assign(process.stdin, { isTTY: true });
Object.assign(process.stdout, { isTTY: true });
