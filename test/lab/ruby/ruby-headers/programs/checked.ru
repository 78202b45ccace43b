require 'rack'

class App
  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response.set_header('Vary', 'Origin')
    if origin == 'https://app.example.com'
      response.set_header('Access-Control-Allow-Origin', origin)
      response.set_header('Access-Control-Allow-Credentials', 'true')
    end
    response.finish
  end
end

run App.new
