import { NextResponse } from 'next/server';

export async function GET(req) {
  const origin = req.headers.get('origin');
  const res = NextResponse.json({ ok: true });
  if (origin && /https:\/\/.*example\.com/.test(origin)) {
    res.headers.set('Access-Control-Allow-Origin', origin);
  }
  return res;
}
