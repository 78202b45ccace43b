import { defineConfig } from '@adonisjs/cors'

export default defineConfig({ origins: ['https://app.example.com'] } as never)
