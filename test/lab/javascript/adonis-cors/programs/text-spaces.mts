import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origin: 'https://evil.example, https://app.example.com' })
