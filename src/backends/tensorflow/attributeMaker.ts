import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import type { Session } from './session';

type Binding = Session['backend']['binding'];

/** Attributes of TensorFlow's operations, each with the kind that the binding asks for beside its value. */
export class AttributeMaker {
  constructor(private readonly binding: Binding) {}

  float32(name: string): TFEOpAttr {
    return { name, type: this.binding.TF_ATTR_TYPE, value: this.binding.TF_FLOAT };
  }

  int32(name: string): TFEOpAttr {
    return { name, type: this.binding.TF_ATTR_TYPE, value: this.binding.TF_INT32 };
  }

  text(name: string, value: string): TFEOpAttr {
    return { name, type: this.binding.TF_ATTR_STRING, value };
  }

  flag(name: string, value: boolean): TFEOpAttr {
    return { name, type: this.binding.TF_ATTR_BOOL, value };
  }

  integer(name: string, value: number | number[]): TFEOpAttr {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }
}
