import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origin: ['https://app.example.com', 'http://localhost:3000'], credentials: true })
