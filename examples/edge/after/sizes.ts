import { createFetchHandler } from '@ts-rest/serverless/fetch';
import { contract, router } from './contract';

export const fetchSizes = createFetchHandler(contract, router, { cors: { origin: ['https://shop.example'] } });
