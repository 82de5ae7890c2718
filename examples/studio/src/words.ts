/** Every word of the app, in both languages. The compiler asks for all of them, and for each value of the schema's enums. */
import { createContext, useContext } from 'react'
import { en } from './words/en'
import { type Words, zh } from './words/zh'

export type Language = 'zh-CN' | 'en'

export const WORDS: Record<Language, Words> = { 'zh-CN': zh, en }
export const LanguageContext = createContext<Language>('zh-CN')
export const useLanguage = () => useContext(LanguageContext)
export const useWords = () => WORDS[useLanguage()]
