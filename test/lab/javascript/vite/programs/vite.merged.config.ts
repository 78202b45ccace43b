import { defineConfig, mergeConfig } from 'vite';

const base = defineConfig({ define: { __SHOP__: 'true' } });

export default mergeConfig(base, defineConfig({ server: { cors: true } }));
