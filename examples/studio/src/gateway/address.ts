/** Where the gateway is, and who this page is to it: both are told at the build, in `.env.local`. */
export const GATEWAY: string = import.meta.env.VITE_GATEWAY ?? 'http://127.0.0.1:8000'
export const CLIENT_ID: string = import.meta.env.VITE_CLIENT_ID ?? ''
