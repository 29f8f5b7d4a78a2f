// TensorFlow's addon for Node (tfjs-node-gpu's own sources), and beside it a switch for TensorFloat-32, the rounding of
// products to 10 bits on NVIDIA's cards, where the TensorFlow that it is linked with exports one.
#include <node_api.h>

// On the command line this is renamed for tfjs's sources, which define it as well.
#undef napi_register_module_v1

namespace tsl {
// Weak: null where the library has no such function.
__attribute__((weak)) void enable_tensor_float_32_execution(bool enabled);
}  // namespace tsl

extern "C" napi_value tfjs_register_module(napi_env env, napi_value exports);

static napi_value EnableTensorFloat32(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value argument;
  bool enabled = false;
  if (napi_get_cb_info(env, info, &argc, &argument, nullptr, nullptr) != napi_ok || argc < 1 ||
      napi_get_value_bool(env, argument, &enabled) != napi_ok) {
    napi_throw_type_error(env, nullptr, "enableTensorFloat32 takes true or false");
    return nullptr;
  }
  tsl::enable_tensor_float_32_execution(enabled);
  return nullptr;
}

extern "C" NAPI_MODULE_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  exports = tfjs_register_module(env, exports);
  if (exports == nullptr || tsl::enable_tensor_float_32_execution == nullptr) return exports;
  napi_value enable;
  if (napi_create_function(env, "enableTensorFloat32", NAPI_AUTO_LENGTH, EnableTensorFloat32, nullptr, &enable) ==
      napi_ok)
    napi_set_named_property(env, exports, "enableTensorFloat32", enable);
  return exports;
}
