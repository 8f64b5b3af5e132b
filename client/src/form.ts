// Forms of the studio. Everything on them works without script; what is added here only makes it easier.

export {};
