/** A simulated outer system that runs until Ctrl-C. */
export interface RunningSandbox {
  /** Origin; the page for people is there too. */
  readonly address: string;
  /** What a connection with it needs, in the order in which it is printed. */
  readonly access: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface Sandbox {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** Unless another one is told. */
  readonly port: number;
  start(port: number): Promise<RunningSandbox>;
}
