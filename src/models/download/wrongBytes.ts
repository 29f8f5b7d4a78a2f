import { formatMessage, type Message } from '../../common/messages';

/** What arrives, or what lies in the mirror, is not the file that was asked for. */
export class WrongBytes extends Error {
  constructor(readonly reason: Message) {
    super(formatMessage(reason));
  }
}
