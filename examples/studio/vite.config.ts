import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The address stands in the client's registration, so another port is an error and not a choice.
const server = { host: '127.0.0.1', port: 5173, strictPort: true }

export default defineConfig({ plugins: [react()], server, preview: server, build: { target: 'es2022' } })
