import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins="https://app.example.com,http://localhost:3000")
app = socketio.WSGIApp(sio)
