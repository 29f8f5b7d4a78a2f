import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { DeviceReportDocument } from './deviceReport';

/** What the devices of this machine can do. */
export function activate({ engine, settings, log }: Services): vscode.Disposable {
  const report = new DeviceReportDocument(engine, settings);
  return vscode.Disposable.from(report, registerCommands({ deviceReport: () => report.show() }, log));
}
