import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origin: (origin) => (origin === 'https://app.example.com' ? [origin] : false) })
