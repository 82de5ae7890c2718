import { createRoot } from 'react-dom/client'
import { App } from './App'
import { resume } from './gateway/session'
import './style.css'

await resume()
createRoot(document.getElementById('root') as HTMLElement).render(<App />)
