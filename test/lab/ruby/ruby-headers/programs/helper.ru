require 'rack'

class App
  def allowed?(origin)
    return false if origin.nil?

    origin == 'https://app.example.com' || origin.end_with?('.example.com')
  end

  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response.set_header('Vary', 'Origin')
    response.set_header('Access-Control-Allow-Origin', origin) if allowed?(origin)
    response.finish
  end
end

run App.new
