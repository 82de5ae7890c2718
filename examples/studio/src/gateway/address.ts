/** Where the gateway is, and who this page is to it: all is told at the build, in `.env.local`. */
export const GATEWAY: string = import.meta.env.VITE_GATEWAY ?? 'http://127.0.0.1:8000'
export const CLIENT_ID: string = import.meta.env.VITE_CLIENT_ID ?? ''
/** The place this app serves, by GB/T 2260. */
export const REGION: string = import.meta.env.VITE_REGION ?? '331000'
