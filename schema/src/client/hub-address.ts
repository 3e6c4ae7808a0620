export interface HubAddress {
  url: string;
  /** Null: the hub is asked without a token. */
  token: string | null;
}
