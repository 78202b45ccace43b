import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origin: ['https://app.example.com'], exposeHeaders: ['cache-control', 'content-language', 'content-type', 'expires', 'last-modified', 'pragma'] })
