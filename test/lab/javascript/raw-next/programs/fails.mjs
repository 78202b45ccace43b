import { NextResponse } from 'next/server';

export function GET(request) {
  const response = NextResponse.json({ ok: true });
  response.headers.set('Access-Control-Allow-Origin', 'https://app.example.com');
  if (request.url.endsWith('/fails')) throw new Error('out of order');
  return response;
}
