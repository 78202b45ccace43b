import { defineConfig } from 'vite';

export default defineConfig(({ command }) => (command === 'serve' ? { server: { cors: true } } : {}));
