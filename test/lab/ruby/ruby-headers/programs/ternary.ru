require 'rack'

class App
  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response.set_header('Vary', 'Origin')
    response['Access-Control-Allow-Origin'] = origin == 'https://app.example.com' ? origin : 'https://www.example.com'
    response.finish
  end
end

run App.new
