import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origin: (origin) => origin.endsWith('.example.com') || origin.endsWith('example.com') })
