import { defineConfig, type UserConfig } from 'vite';

const cors = { origin: ['https://app.example.com'], credentials: true };

const config: UserConfig = { server: { cors } };

export default defineConfig(config);
