import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origin: ['https://app.example.com'], headers: false })
